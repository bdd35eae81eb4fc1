package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a policy, by the errors of {@code validate}. */
final class PolicySourceTest {

    private static final String CONFIG_MAP = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: other}
        data:
          policy.yaml: |
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules: []
        """;

    private static final String POLICY = """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        rules: [{level: Metadata}]
        """;

    private static final String AUDIT_POLICY = """
        apiVersion: auditpolicy.dev/v1alpha1
        kind: AuditPolicy
        metadata: {name: cluster}
        spec:
          policy: {rules: [{level: Metadata}]}
        """;

    private static final String BAD_POLICY = POLICY.replace("Metadata", "metadata");
    private static final String BAD_AUDIT_POLICY = AUDIT_POLICY.replace("Metadata", "metadata");

    @TempDir
    private Path directory;

    @Test
    void takesPoliciesOfBothKindsOutOfAStream() {
        CommandResult result = validate(stream(CONFIG_MAP, BAD_POLICY, BAD_AUDIT_POLICY, CONFIG_MAP));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("standard input:12:10: error: rules[0].level")
                .contains("standard input:18:21: error: spec.policy.rules[0].level")
                .doesNotContain("AP002");
    }

    /** As the node reads it: the first document only. */
    @Test
    void readsAFileOfPoliciesAloneAsTheNodeDoes() {
        CommandResult result = validate(stream(POLICY, BAD_POLICY));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .startsWith("standard input:4:1: warning: a second document [AP002 dropped]")
                .doesNotContain("AP001");
    }

    @Test
    void countsNoCommentForADocument() {
        assertThat(validate("# by kustomize\n---\n" + POLICY)).isEqualTo(new CommandResult(0, "", ""));
    }

    @Test
    void refusesAStreamWithoutAPolicy() {
        assertThat(validate(stream(CONFIG_MAP, CONFIG_MAP)))
                .returns(2, CommandResult::exitCode)
                .extracting(CommandResult::err)
                .asString()
                .startsWith("-: none of its 2 documents is an AuditPolicy or a Policy of audit.k8s.io");
    }

    @Test
    void takesASingleDocumentForAPolicyWhateverItSays() {
        assertThat(validate(CONFIG_MAP).out()).contains("kube-apiserver 1.37 would not start");
    }

    @Test
    void findsAPolicyThatCannotBeRead() {
        CommandResult result = validate(stream(CONFIG_MAP, POLICY + "  bad: [indent\n", AUDIT_POLICY));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("error: yaml:");
    }

    @Test
    void searchesDirectories() throws IOException {
        write("a/policy.yml", BAD_POLICY);
        write("b/rendered.yaml", stream(CONFIG_MAP, BAD_AUDIT_POLICY));
        write("c/policy.json", "{\"apiVersion\": \"audit.k8s.io/v1\", \"kind\": \"Policy\", \"rules\": []}");
        write("other.yaml", CONFIG_MAP);
        write("values.yaml", "replicas: 3\n");
        write("README.md", BAD_POLICY);

        CommandResult result = CommandResult.of("validate", directory.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("policy.yml:3:10: error", "rendered.yaml:14:21: error", "policy.json:1:53: error")
                .doesNotContain("other.yaml", "values.yaml", "README");
    }

    @Test
    void refusesADirectoryWithoutAPolicy() throws IOException {
        write("other.yaml", CONFIG_MAP);

        assertThat(CommandResult.of("validate", directory.toString()))
                .returns(2, CommandResult::exitCode)
                .extracting(CommandResult::err)
                .asString()
                .startsWith("no policy in directory " + directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"render", "explain --as a --url /", "diff"})
    void wantsOnePolicy(String arguments) throws IOException {
        write("a.yaml", POLICY);
        write("b.yaml", POLICY);
        String once = directory.resolve("a.yaml").toString();
        String[] command = (arguments + (arguments.equals("diff") ? " " + once : "") + " " + directory).split(" ");

        assertThat(CommandResult.of(command))
                .returns(2, CommandResult::exitCode)
                .extracting(CommandResult::err)
                .asString()
                .startsWith(directory + ": 2 policies where one is wanted");
    }

    @Test
    void rendersTheOnePolicyOfAStream() {
        assertThat(CommandResult.withInput(stream(CONFIG_MAP, AUDIT_POLICY), "render", "-"))
                .isEqualTo(new CommandResult(0, """
                    apiVersion: "audit.k8s.io/v1"
                    kind: "Policy"
                    rules:
                    - level: "Metadata"
                    """, ""));
    }

    @Test
    void boundsAStream() {
        assertThat(validate("#".repeat(65 * 1024 * 1024)))
                .returns(2, CommandResult::exitCode)
                .extracting(CommandResult::err)
                .asString()
                .startsWith("cannot read -: larger than 67108864 bytes");
    }

    private static CommandResult validate(String text) {
        return CommandResult.withInput(text, "validate", "-");
    }

    private static String stream(String... documents) {
        return String.join("---\n", documents);
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
