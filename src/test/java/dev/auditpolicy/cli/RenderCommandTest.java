package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenderCommandTest extends CommandTestCase {

    @Test
    void printsThePolicyFileOfAnAuditPolicy() {
        assertThat(runWithInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy:
                    rules:
                    - level: Metadata
                      resources: [{resources: [secrets]}]
                  log: {path: /var/log/kubernetes/audit/audit.log}
                """, "render", "-")).isEqualTo(new CommandResult(0, """
                apiVersion: "audit.k8s.io/v1"
                kind: "Policy"
                rules:
                - level: "Metadata"
                  resources:
                  - group: ""
                    resources: ["secrets"]
                """, ""));
    }

    @Test
    void printsTheFlags() {
        assertThat(runWithInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy: {rules: [{level: Metadata}]}
                  log: {path: /var/log/kubernetes/audit/audit.log, maxBackups: 3}
                """, "render", "--flags", "-")).isEqualTo(new CommandResult(0, """
                --audit-policy-file=/etc/kubernetes/audit-policy.yaml
                --audit-log-path=/var/log/kubernetes/audit/audit.log
                --audit-log-maxage=30
                --audit-log-maxbackup=3
                --audit-log-maxsize=100
                """, ""));
    }

    private static final String WITH_WEBHOOK = """
            apiVersion: auditpolicy.dev/v1alpha1
            kind: AuditPolicy
            metadata: {name: cluster}
            spec:
              policy: {rules: [{level: Metadata}]}
              log: {path: /var/log/kubernetes/audit/audit.log}
              webhook: {kubeconfigSecret: {name: audit-webhook}, initialBackoffSeconds: 2}
            """;

    /** The path has a hash of the Secret, which is not in the AuditPolicy. */
    @Test
    void explainsThePathOfTheKubeconfig() {
        CommandResult result = runWithInput(WITH_WEBHOOK, "render", "--flags", "-");

        assertThat(result.expectExitCode(0).out()).endsWith("""
                --audit-webhook-config-file=/etc/kubernetes/audit-webhook/HASH/kubeconfig
                --audit-webhook-initial-backoff=2s
                """);
        assertThat(result.err())
                .contains("HASH stands for a hash of the kubeconfig in the Secret audit-webhook", "--webhook-secret");
    }

    @Test
    void printsThePathThatTheAgentUses() {
        String secret = write("secret.yaml", """
                kind: Secret
                metadata: {name: audit-webhook}
                stringData:
                  kubeconfig: |
                    current-context: c
                    contexts: [{name: c, context: {cluster: c}}]
                    clusters: [{name: c, cluster: {server: "https://192.0.2.1"}}]
                """);

        CommandResult result = runWithInput(WITH_WEBHOOK, "render", "--flags", "--webhook-secret", secret, "-");

        assertThat(result.expectExitCode(0).out())
                .containsPattern("--audit-webhook-config-file=/etc/kubernetes/audit-webhook/[0-9a-f]{16}/kubeconfig\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void wantsASecretOnlyForFlagsAndFiles() {
        assertThat(runWithInput(WITH_WEBHOOK, "render", "--webhook-secret", "x", "-")
                        .expectExitCode(2)
                        .err())
                .contains("--webhook-secret has no effect without --flags or --node-files");
    }

    @Test
    void rejectsFlagsForAPolicyFile() {
        CommandResult result =
                runWithInput("apiVersion: audit.k8s.io/v1\nrules: [{level: None}]\n", "render", "--flags", "-");

        assertThat(result.expectExitCode(2).err())
                .startsWith("error: --flags: - has neither spec.log nor spec.webhook");
    }

    @Test
    void printsNothingForARejectedPolicy() {
        CommandResult result = runWithInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                spec: {policy: {rules: []}}
                """, "render", "-");

        assertThat(result.expectExitCode(1).out()).isEmpty();
        assertThat(result.err())
                .startsWith("standard input:3:17: error: spec.policy.rules: loaded illegal policy with 0 rules");
    }

    @Test
    void reportsAMissingPolicy() {
        CommandResult result = runWithInput(
                "{\"apiVersion\": \"auditpolicy.dev/v1alpha1\", \"kind\": \"AuditPolicy\"}", "render", "-");

        assertThat(result.expectExitCode(1).err()).contains("spec.policy.rules: loaded illegal policy with 0 rules");
    }

    @Test
    void printsTheHelpWithoutASubcommand() {
        CommandResult result = run();

        assertThat(result.expectExitCode(2).err())
                .startsWith("Usage: auditpolicy")
                .contains("import", "render", "validate");
    }
}
