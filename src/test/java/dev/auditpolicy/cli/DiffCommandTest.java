package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffCommandTest {

    private static final String OLD = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        rules:
        - level: Request
          resources: [{group: "", resources: [secrets]}]
        - level: Metadata
        """;

    private static final String NEW = """
        apiVersion: auditpolicy.dev/v1alpha1
        kind: AuditPolicy
        metadata: {name: cluster}
        spec:
          policy:
            rules:
            - level: Metadata
              verbs: [get]
            - level: Request
              resources: [{group: "", resources: [secrets]}]
            - {level: Metadata}
        """;

    @TempDir
    private Path directory;

    private String older;
    private String newer;

    @BeforeEach
    void write() throws IOException {
        older = Files.writeString(directory.resolve("old.yaml"), OLD).toString();
        newer = Files.writeString(directory.resolve("new.yaml"), NEW).toString();
    }

    @Test
    void isSilentAboutEqualMeaning() throws IOException {
        Path same = Files.writeString(directory.resolve("same.yaml"), OLD + "- level: None\n");

        assertThat(CommandResult.of("diff", older, same.toString())).isEqualTo(new CommandResult(0, "", ""));
    }

    @Test
    void showsARequestOfEachKindThatChanges() {
        assertThat(CommandResult.of("diff", older, newer)).isEqualTo(new CommandResult(1, """
            %s:7:7: warning: spec.policy.rules[0]: Request becomes Metadata, for example get secrets named "one" in\
             namespace "default" by "alice" of "system:authenticated"; before, rules[0] in line 4 decided\
             [AP003 changed-meaning]
              7 |     - level: Metadata
                |       ^
            """.formatted(newer), ""));
    }

    @Test
    void writesJson() throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(CommandResult.of("diff", "-o", "json", older, newer)
                                .out())
                        .at("/findings/0/path")
                        .asText())
                .isEqualTo("spec.policy.rules[0]");
    }

    @Test
    void wantsTwoPolicies() {
        assertThat(CommandResult.of("diff", older).exitCode()).isEqualTo(2);
        assertThat(CommandResult.of("diff", older, directory.resolve("absent").toString()))
                .returns(2, CommandResult::exitCode)
                .extracting(CommandResult::err)
                .asString()
                .startsWith("no such file: ");
    }
}
