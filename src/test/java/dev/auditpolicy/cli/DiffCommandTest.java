package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DiffCommandTest extends CommandTestCase {

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

    private String oldFile;
    private String newFile;

    @BeforeEach
    void writePolicies() {
        oldFile = write("old.yaml", OLD);
        newFile = write("new.yaml", NEW);
    }

    @Test
    void printsNothingForEquivalentPolicies() {
        String same = write("same.yaml", OLD + "- level: None\n");

        assertThat(run("diff", oldFile, same)).isEqualTo(new CommandResult(0, "", ""));
    }

    @Test
    void printsAnExampleForEachDifference() {
        assertThat(run("diff", oldFile, newFile)).isEqualTo(new CommandResult(1, """
            %s:7:7: warning: spec.policy.rules[0]: Request becomes Metadata, for example for get secrets named\
             "one" in namespace "default" by user "alice" in group "system:authenticated"; previously decided by\
             rules[0] (line 4) [AP003 changed-meaning]
              7 |     - level: Metadata
                |       ^
            """.formatted(newFile), ""));
    }

    /** Only a Namespace "prod" in namespace "shop" would be recorded otherwise. */
    @Test
    void ignoresRequestsThatCannotBe() {
        String impossible = write("impossible.yaml", OLD.replace("- level: Request\n", """
            - level: None
              namespaces: [shop]
              resources: [{group: "", resources: [namespaces], resourceNames: [prod]}]
            - level: None
              namespaces: [shop]
              resources: [{group: "", resources: [nodes, pod]}]
            - level: None
              verbs: [create]
              resources: [{group: "", resources: [secrets], resourceNames: [db]}]
            - level: None
              verbs: ["*"]
            - level: Request
            """));

        assertThat(run("diff", oldFile, impossible)).isEqualTo(new CommandResult(0, "", ""));
    }

    @Test
    void writesJson() {
        assertThat(run("diff", "-o", "json", oldFile, newFile)
                        .json()
                        .at("/findings/0/path")
                        .asText())
                .isEqualTo("spec.policy.rules[0]");
    }

    @Test
    void requiresTwoPolicies() {
        assertThat(run("diff", oldFile).exitCode()).isEqualTo(2);
        assertThat(run("diff", oldFile, directory.resolve("absent").toString())
                        .expectExitCode(2)
                        .err())
                .isEqualTo("""
                        error: cannot read %s: no such file
                        See 'auditpolicy diff --help' for usage.
                        """.formatted(directory.resolve("absent")));
    }
}
