package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateCommandTest {

    private static final String FOLDER = "src/test/resources/policies/";

    private static final String UNKNOWN_FIELD = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules:
            - level: None
              verb: [get]
            """;

    @Test
    void isSilentAboutAGoodPolicy() {
        assertThat(Execution.of("validate", FOLDER + "gce-2026.yaml", FOLDER + "gce-2020.yaml"))
                .isEqualTo(new Execution(0, "", ""));
    }

    @Test
    void warnsOfWhatWouldBeDroppedAndShowsIt() {
        assertThat(Execution.withInput(UNKNOWN_FIELD, "validate", "-")).isEqualTo(new Execution(0, """
                standard input:5:3: warning: rules[0].verb: unknown field [AP002 dropped]
                  5 |   verb: [get]
                    |   ^
                  fix: did you mean "verbs"?
                """, ""));
    }

    @Test
    void failsOnWhatWouldBeDroppedIfStrict() {
        Execution execution = Execution.withInput(UNKNOWN_FIELD, "validate", "--strict", "-");

        assertThat(execution.exitCode()).isEqualTo(1);
        assertThat(execution.out()).startsWith("standard input:5:3: error: rules[0].verb: unknown field");
    }

    @Test
    void saysWhyKubeApiServerWouldNotStart() {
        String policy = UNKNOWN_FIELD.replace("None", "none");

        assertThat(Execution.withInput(policy, "validate", "--kubernetes-version", "v1.36.3", "-"))
                .isEqualTo(new Execution(1, """
                        standard input:4:3: error: rules[0].level: Unsupported value: "none": supported values: "None",\
                         "Metadata", "Request", "RequestResponse" [AP001 refused]
                          4 | - level: none
                            |   ^
                          fix: write "None": the value is case-sensitive
                        standard input:5:3: warning: rules[0].verb: unknown field [AP002 dropped]
                          5 |   verb: [get]
                            |   ^
                          fix: did you mean "verbs"?
                        standard input: kube-apiserver 1.36 would not start: loading audit policy file:\
                         rules[0].level: Unsupported value: "none": supported values: "None", "Metadata", "Request",\
                         "RequestResponse"
                        """, ""));
    }

    @ParameterizedTest
    @CsvSource({"1.35, 1", "1.36, 0", "1.37, 0"})
    void judgesAsThatVersion(String version, int exitCode) {
        Execution execution =
                Execution.of("validate", "--kubernetes-version", version, FOLDER + "omardin14-group-star.yaml");

        assertThat(execution.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void judgesTheOtherFilesAfterABadOne() {
        Execution execution = Execution.of(
                "validate", FOLDER + "darrylnnon-broken-indent.yaml", FOLDER + "audit2rbac-demo-v1beta1.yaml");

        assertThat(execution.exitCode()).isEqualTo(1);
        assertThat(execution.out())
                .contains("darrylnnon-broken-indent.yaml:2:10: error: yaml:")
                .contains("audit2rbac-demo-v1beta1.yaml:2:1: error: apiVersion: no kind \"Policy\" is registered");
    }

    @Test
    void readsAuditPoliciesStrictly() {
        Execution execution = Execution.withInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy:
                    rules:
                    - level: Metadata
                      verb: ["delete"]
                      resources:
                      - groups: ""
                """, "validate", "-");

        assertThat(execution.exitCode()).isEqualTo(1);
        assertThat(execution.out())
                .contains("standard input:8:7: error: spec.policy.rules[0].verb: unknown field [AP001 refused]")
                .contains("standard input:10:9: error: spec.policy.rules[0].resources[0].groups: unknown field")
                .doesNotContain("kube-apiserver");
    }

    @Test
    void judgesTheBackendsOfAnAuditPolicy() {
        Execution execution = Execution.withInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy:
                    rules: [{level: Metadata}]
                  log:
                    path: /var/log/kubernetes/audit/audit.log
                    maxBackup: 3
                  webhook:
                    mode: async
                """, "validate", "-");

        assertThat(execution.exitCode()).isEqualTo(1);
        assertThat(execution.out())
                .contains("standard input:9:5: error: spec.log.maxBackup: unknown field [AP001 refused]")
                .contains("  fix: did you mean \"maxBackups\"?")
                .contains("standard input:11:5: error: spec.webhook.mode: ");
    }

    @Test
    void writesJson() throws IOException {
        JsonNode report = new ObjectMapper()
                .readTree(Execution.withInput(UNKNOWN_FIELD.replace("None", "none"), "validate", "-o", "json", "-")
                        .out());

        assertThat(report.at("/findings/0/code").asText()).isEqualTo("AP001");
        assertThat(report.at("/findings/0/path").asText()).isEqualTo("rules[0].level");
        assertThat(report.at("/findings/1/severity").asText()).isEqualTo("warning");
        assertThat(report.at("/verdicts/0/message").asText())
                .startsWith("kube-apiserver 1.37 would not start: loading audit policy file: rules[0].level: ");
    }

    @Test
    void writesSarif() throws IOException {
        JsonNode run = new ObjectMapper()
                .readTree(Execution.withInput(UNKNOWN_FIELD, "validate", "-o", "sarif", "--strict", "-")
                        .out())
                .at("/runs/0");

        assertThat(run.at("/results/0/ruleId").asText()).isEqualTo("AP002");
        assertThat(run.at("/results/0/level").asText()).isEqualTo("error");
    }

    @Test
    void refusesAVersionThatIsTooOld() {
        Execution execution = Execution.of("validate", "--kubernetes-version", "1.23", "any");

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err()).startsWith("--kubernetes-version 1.23 is older than 1.24");
    }

    @Test
    void refusesAVersionThatIsNone() {
        Execution execution = Execution.of("validate", "--kubernetes-version", "new", "any");

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err()).contains("not a Kubernetes version: \"new\"");
    }

    @Test
    void judgesAVersionToComeAsTheNewest() {
        Execution execution =
                Execution.of("validate", "--kubernetes-version", "1.99", FOLDER + "omardin14-group-star.yaml");

        assertThat(execution)
                .isEqualTo(new Execution(0, "", "warning: Kubernetes 1.99 is not known yet; judging as 1.37\n"));
    }

    @Test
    void boundsWhatItReads() {
        Execution execution = Execution.withInput("#".repeat(5 * 1024 * 1024), "validate", "-");

        assertThat(execution.exitCode()).isEqualTo(1);
        assertThat(execution.out()).contains("larger than 4194304 bytes");
    }
}
