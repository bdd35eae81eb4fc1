package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateCommandTest extends CommandTestCase {

    private static final String UNKNOWN_FIELD = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules:
            - level: None
              verb: [get]
            """;

    @Test
    void printsNothingForAValidPolicy() {
        assertThat(run("validate", CORPUS + "gce-2026.yaml", CORPUS + "gce-2020.yaml"))
                .isEqualTo(new CommandResult(0, "", ""));
    }

    @Test
    void warnsOfDroppedFields() {
        assertThat(runWithInput(UNKNOWN_FIELD, "validate", "-")).isEqualTo(new CommandResult(0, """
                standard input:5:3: warning: rules[0].verb: unknown field [AP002 dropped]
                  5 |   verb: [get]
                    |   ^
                  fix: did you mean "verbs"?
                """, ""));
    }

    @Test
    void failsOnDroppedFieldsIfStrict() {
        CommandResult result = runWithInput(UNKNOWN_FIELD, "validate", "--strict", "-");

        assertThat(result.expectExitCode(1).out())
                .startsWith("standard input:5:3: error: rules[0].verb: unknown field");
    }

    @Test
    void quotesTheErrorOfKubeApiServer() {
        String policy = UNKNOWN_FIELD.replace("None", "none");

        assertThat(runWithInput(policy, "validate", "--kubernetes-version", "v1.36.3", "-"))
                .isEqualTo(new CommandResult(1, """
                        standard input:4:3: error: rules[0].level: Unsupported value: "none": supported values: "None",\
                         "Metadata", "Request", "RequestResponse" [AP001 rejected]
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
    void checksAgainstTheGivenVersion(String version, int exitCode) {
        CommandResult result = run("validate", "--kubernetes-version", version, CORPUS + "omardin14-group-star.yaml");

        assertThat(result.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void checksTheFilesAfterAnInvalidOne() {
        CommandResult result =
                run("validate", CORPUS + "darrylnnon-broken-indent.yaml", CORPUS + "audit2rbac-demo-v1beta1.yaml");

        assertThat(result.expectExitCode(1).out())
                .contains(
                        "darrylnnon-broken-indent.yaml:2:10: error: not valid YAML: mapping values are not allowed here")
                .contains("audit2rbac-demo-v1beta1.yaml:2:1: error: apiVersion: no kind \"Policy\" is registered");
    }

    @Test
    void readsAuditPoliciesStrictly() {
        CommandResult result = runWithInput("""
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

        assertThat(result.expectExitCode(1).out())
                .contains("standard input:8:7: error: spec.policy.rules[0].verb: unknown field [AP001 rejected]")
                .contains("standard input:10:9: error: spec.policy.rules[0].resources[0].groups: unknown field")
                .doesNotContain("kube-apiserver");
    }

    @Test
    void checksTheBackendsOfAnAuditPolicy() {
        CommandResult result = runWithInput("""
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

        assertThat(result.expectExitCode(1).out())
                .contains("standard input:9:5: error: spec.log.maxBackup: unknown field [AP001 rejected]")
                .contains("  fix: did you mean \"maxBackups\"?")
                .contains("standard input:11:5: error: spec.webhook.mode: Unsupported value: \"async\"");
    }

    /** As "kubectl get -o yaml" prints one that the controller has not seen. */
    @Test
    void acceptsTheStatusThatTheApiServerSets() {
        assertThat(runWithInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy:
                    rules: [{level: Metadata}]
                  log:
                    path: /var/log/kubernetes/audit/audit.log
                status:
                  observedGeneration: -1
                """, "validate", "-")).isEqualTo(new CommandResult(0, "", ""));
    }

    @Test
    void rejectsTheLogOfTheLinuxAuditDaemon() {
        CommandResult result = runWithInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy:
                    rules: [{level: Metadata}]
                  log:
                    path: /var/log/audit/audit.log
                """, "validate", "-");

        assertThat(result.expectExitCode(1).out())
                .contains("standard input:8:5: error: spec.log.path: ", "must not be in /var/log/audit");
    }

    @Test
    void writesJson() {
        JsonNode report = runWithInput(UNKNOWN_FIELD.replace("None", "none"), "validate", "-o", "json", "-")
                .json();

        assertThat(report.at("/findings/0/code").asText()).isEqualTo("AP001");
        assertThat(report.at("/findings/0/path").asText()).isEqualTo("rules[0].level");
        assertThat(report.at("/findings/1/severity").asText()).isEqualTo("warning");
        assertThat(report.at("/verdicts/0/message").asText())
                .startsWith("kube-apiserver 1.37 would not start: loading audit policy file: rules[0].level: ");
    }

    @Test
    void writesSarif() {
        JsonNode run = runWithInput(UNKNOWN_FIELD, "validate", "-o", "sarif", "--strict", "-")
                .json()
                .at("/runs/0");

        assertThat(run.at("/results/0/ruleId").asText()).isEqualTo("AP002");
        assertThat(run.at("/results/0/level").asText()).isEqualTo("error");
    }

    @Test
    void rejectsAVersionThatIsTooOld() {
        CommandResult result = run("validate", "--kubernetes-version", "1.23", "any");

        assertThat(result.expectExitCode(2).err())
                .startsWith("error: --kubernetes-version 1.23: the oldest supported version is 1.24");
    }

    @Test
    void rejectsAnInvalidVersion() {
        CommandResult result = run("validate", "--kubernetes-version", "new", "any");

        assertThat(result.expectExitCode(2).err()).contains("not a Kubernetes version: \"new\"");
    }

    @Test
    void checksFutureVersionsAgainstTheNewest() {
        CommandResult result = run("validate", "--kubernetes-version", "1.99", CORPUS + "omardin14-group-star.yaml");

        assertThat(result)
                .isEqualTo(new CommandResult(
                        0, "", "warning: Kubernetes 1.99 is not supported yet; checking against 1.37\n"));
    }

    @Test
    void limitsTheSizeOfAPolicy() {
        CommandResult result = runWithInput("#".repeat(5 * 1024 * 1024), "validate", "-");

        assertThat(result.expectExitCode(1).out()).contains("larger than 4194304 bytes");
    }
}
