package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows by the errors of {@code validate} what is read as a policy. */
final class PolicySourceTest extends CommandTestCase {

    private static final String CONFIG_MAP = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: other}
        data: {replicas: "3"}
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
          log: {path: /var/log/kubernetes/audit/audit.log}
        """;

    private static final String BAD_POLICY = POLICY.replace("Metadata", "metadata");
    private static final String BAD_AUDIT_POLICY = AUDIT_POLICY.replace("Metadata", "metadata");

    @Test
    void findsPoliciesOfBothKindsInAStream() {
        CommandResult result = validate(stream(CONFIG_MAP, BAD_POLICY, BAD_AUDIT_POLICY, CONFIG_MAP));

        assertThat(result.expectExitCode(1).out())
                .contains("standard input:8:10: error: rules[0].level")
                .contains("standard input:14:21: error: spec.policy.rules[0].level")
                .doesNotContain("AP002");
    }

    /** Only the first document counts. */
    @Test
    void readsSeveralPoliciesAsKubeApiServerDoes() {
        CommandResult result = validate(stream(POLICY, BAD_POLICY));

        assertThat(result.expectExitCode(0).out())
                .startsWith("standard input:4:1: warning: a second document [AP002 dropped]")
                .doesNotContain("AP001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"---\n", "---\n# the end\n---\n", "...\n"})
    void ignoresEmptyDocumentsAfterAPolicy(String end) {
        assertThat(validate(POLICY + end)).isEqualTo(new CommandResult(0, "", ""));
    }

    @Test
    void ignoresDocumentsOfComments() {
        assertThat(validate("# by kustomize\n---\n" + POLICY)).isEqualTo(new CommandResult(0, "", ""));
    }

    @Test
    void rejectsAStreamWithoutAPolicy() {
        assertThat(validate(stream(CONFIG_MAP, CONFIG_MAP)).expectExitCode(1).err())
                .startsWith("error: -: none of the 2 documents is or contains an AuditPolicy");
    }

    @Test
    void readsASingleDocumentAsAPolicyWhateverItsKind() {
        assertThat(validate(CONFIG_MAP).out()).contains("kube-apiserver 1.37 would not start");
    }

    @Test
    void reportsAPolicyThatCannotBeParsed() {
        CommandResult result = validate(stream(CONFIG_MAP, POLICY + "  bad: [indent\n", AUDIT_POLICY));

        assertThat(result.expectExitCode(1).out()).contains("error: not valid YAML:");
    }

    @Test
    void searchesDirectories() {
        write("a/policy.yml", BAD_POLICY);
        write("b/rendered.yaml", stream(CONFIG_MAP, BAD_AUDIT_POLICY));
        write("c/policy.json", "{\"apiVersion\": \"audit.k8s.io/v1\", \"kind\": \"Policy\", \"rules\": []}");
        write("other.yaml", CONFIG_MAP);
        write("values.yaml", "replicas: 3\n");
        write("README.md", BAD_POLICY);

        CommandResult result = run("validate", directory.toString());

        assertThat(result.expectExitCode(1).out())
                .contains("policy.yml:3:10: error", "rendered.yaml:10:21: error", "policy.json:1:53: error")
                .doesNotContain("other.yaml", "values.yaml", "README");
    }

    @Test
    void rejectsADirectoryWithoutAPolicy() {
        write("other.yaml", CONFIG_MAP);

        assertThat(run("validate", directory.toString()).expectExitCode(2).err())
                .startsWith("error: no policy in directory " + directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"render", "explain --as a --url /", "diff"})
    void requiresOnePolicy(String arguments) {
        String single = write("a.yaml", POLICY);
        write("b.yaml", POLICY);

        String[] command = (arguments + (arguments.equals("diff") ? " " + single : "") + " " + directory).split(" ");

        assertThat(run(command).expectExitCode(2).err()).startsWith("error: " + directory + ": contains 2 policies");
    }

    @Test
    void rendersTheOnePolicyOfAStream() {
        assertThat(runWithInput(stream(CONFIG_MAP, AUDIT_POLICY), "render", "-"))
                .isEqualTo(new CommandResult(0, """
                    apiVersion: "audit.k8s.io/v1"
                    kind: "Policy"
                    rules:
                    - level: "Metadata"
                    """, ""));
    }

    @Test
    void limitsTheSizeOfAStream() {
        assertThat(validate("#".repeat(65 * 1024 * 1024)).expectExitCode(2).err())
                .startsWith("error: cannot read -: larger than 67108864 bytes");
    }

    private static CommandResult validate(String text) {
        return runWithInput(text, "validate", "-");
    }

    private static String stream(String... documents) {
        return String.join("---\n", documents);
    }
}
