package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kubectl prints is an input everywhere. */
final class ContainedPoliciesTest extends CommandTestCase {

    private static final String BAD_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules:
            - level: Metadata

            # below an empty line
            - level: none
            """;

    private static final String POLICY = BAD_POLICY.replace("none", "None");

    private static final String BAD_AUDIT_POLICY = """
            apiVersion: auditpolicy.dev/v1alpha1
            kind: AuditPolicy
            metadata:
              name: cluster
            spec:
              log:
                path: /var/log/a/b.log
              policy:
                rules:
                - level: none
            """;

    private static final String ERROR = ": error: rules[1].level: Unsupported value: \"none\"";

    @Test
    void findsThemInALiteralBlockWithTheLineOfTheFile() {
        assertThat(validate(configMap(BAD_POLICY)).expectExitCode(1).out())
                .contains("standard input:11:7" + ERROR)
                .contains("  11 |     - level: none\n     |       ^\n");
    }

    @Test
    void findsThemInAQuotedString() {
        String text = "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: \"" + BAD_POLICY.replace("\n", "\\n") + "\"\n";

        assertThat(validate(text).expectExitCode(1).out()).contains("standard input (data.a):7:3" + ERROR);
    }

    /** Markers of documents are none within an indented text. */
    @Test
    void findsThemBehindAMarkerOfADocument() {
        assertThat(validate(configMap("---\n" + BAD_POLICY)).expectExitCode(1).out())
                .contains("standard input (data.policy.yaml):8:3" + ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "stringData"})
    void findsThemInASecret(String field) {
        String value = field.equals("data")
                ? Base64.getEncoder().encodeToString(BAD_POLICY.getBytes(StandardCharsets.UTF_8))
                : "\"" + BAD_POLICY.replace("\n", "\\n") + "\"";

        assertThat(validate("apiVersion: v1\nkind: Secret\n" + field + ":\n  policy: " + value + "\n  other: aGk=\n")
                        .expectExitCode(1)
                        .out())
                .contains("standard input (" + field + ".policy):7:3" + ERROR);
    }

    @Test
    void findsThemInTheBinaryDataOfAConfigMap() {
        String value = Base64.getEncoder().encodeToString(BAD_POLICY.getBytes(StandardCharsets.UTF_8));

        assertThat(validate("apiVersion: v1\nkind: ConfigMap\nbinaryData:\n  policy: " + value + "\n")
                        .expectExitCode(1)
                        .out())
                .contains("standard input (binaryData.policy):7:3" + ERROR);
    }

    @Test
    void findsThemInAnAuditNode() {
        assertThat(validate("apiVersion: auditpolicy.dev/v1alpha1\nkind: AuditNode\nspec:\n  policy: |\n"
                                + BAD_POLICY.indent(4))
                        .expectExitCode(1)
                        .out())
                .contains("standard input:11:7" + ERROR);
    }

    @Test
    void findsThemInAList() {
        String text = "apiVersion: v1\nkind: List\nitems:\n" + item(BAD_AUDIT_POLICY) + item(configMap(BAD_POLICY))
                + item("apiVersion: v1\nkind: Service\n");

        assertThat(validate(text).expectExitCode(1).out())
                .contains("standard input:13:9: error: spec.policy.rules[0].level: Unsupported value: \"none\"")
                .contains("standard input:24:9" + ERROR);
    }

    @Test
    void findsThemInAListOfOneLineOfJson() {
        String text = "{\"apiVersion\": \"auditpolicy.dev/v1alpha1\", \"kind\": \"AuditPolicyList\", \"items\": ["
                + "{\"apiVersion\": \"auditpolicy.dev/v1alpha1\", \"kind\": \"AuditPolicy\", \"metadata\": {\"name\": \"cluster\"},"
                + " \"spec\": {\"policy\": {\"rules\": [{\"level\": \"None\"}]}}}]}";

        assertThat(validate(text).expectExitCode(1).out())
                .startsWith("standard input:1:")
                .contains("error: spec: must have log or webhook");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lint -", "explain --as a --url /healthz -", "render -", "diff - POLICY", "import --policy -"})
    void everyCommandReadsThem(String command) {
        String arguments = command.replace("POLICY", write("policy.yaml", POLICY));

        assertThat(runWithInput(configMap(POLICY), arguments.split(" ")).exitCode())
                .isEqualTo(runWithInput(POLICY, arguments.split(" ")).exitCode())
                .isNotEqualTo(2);
    }

    @Test
    void saysWhatAnotherObjectIs() {
        CommandResult result = validate("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n");

        assertThat(result.expectExitCode(1).out())
                .startsWith(
                        "standard input:2:1: error: kind: this Deployment (apps/v1) neither is nor contains an audit policy");
    }

    @Test
    void saysThatAFileIsEmpty() {
        assertThat(validate("# nothing\n").expectExitCode(1).out())
                .startsWith("standard input: error: the file is empty")
                .contains("  fix: write an audit.k8s.io/v1 Policy");
    }

    /** The words of our parsers are not kube-apiserver's. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"apiVersion\": ", "a: [", "a: b: c"})
    void doesNotQuoteItsOwnParserAsKubeApiServer(String text) {
        assertThat(validate(text).expectExitCode(1).out())
                .containsPattern("error: not valid (YAML|JSON): ")
                .containsPattern("loading audit policy file: failed decoding: .*: …\\n$");
    }

    @Test
    void reportsFilesOfADirectoryThatWereMeantAsAPolicy() {
        write("a.json", "{\"apiVersion\": \"audit.k8s.io/v1\", \"kind\": \"Policy\", \"rules\": [");
        write("b.yaml", "rules:\n- level: Metadata\n");
        write("c.yaml", "a: {{ .Values.a }}: b\n");

        CommandResult result = run("validate", directory.toString());

        assertThat(result.expectExitCode(1).out()).contains("a.json:1:", "b.yaml:1:1: error: apiVersion: ");
        assertThat(result.err()).contains("c.yaml:1: warning: skipped, because it is neither YAML nor JSON: ");
    }

    @Test
    void reportsAWrongTypeOfAnAuditPolicy() {
        for (String type : new String[] {"v1", "auditpolicy.dev/v1", "auditpolicy.dv/v1alpha1"}) {
            assertThat(validate(BAD_AUDIT_POLICY.replace("none", "None").replace("auditpolicy.dev/v1alpha1", type))
                            .expectExitCode(1)
                            .out())
                    .startsWith("standard input:1:1: error: apiVersion: Unsupported value: \"" + type + "\"")
                    .contains("  fix: write apiVersion: auditpolicy.dev/v1alpha1");
        }
    }

    private static CommandResult validate(String text) {
        return runWithInput(text, "validate", "-");
    }

    private static String configMap(String policy) {
        return "apiVersion: v1\nkind: ConfigMap\ndata:\n  policy.yaml: |\n" + policy.indent(4);
    }

    private static String item(String object) {
        return "- " + object.lines().collect(Collectors.joining("\n  ")) + "\n";
    }
}
