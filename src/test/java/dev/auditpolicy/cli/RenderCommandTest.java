package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenderCommandTest {

    @Test
    void printsTheFileForAnAuditPolicy() {
        assertThat(Execution.withInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy:
                    rules:
                    - level: Metadata
                      resources: [{resources: [secrets]}]
                  log: {path: /var/log/kubernetes/audit/audit.log}
                """, "render", "-")).isEqualTo(new Execution(0, """
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
    void printsNothingForARefusedPolicy() {
        Execution execution = Execution.withInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                spec: {policy: {rules: []}}
                """, "render", "-");

        assertThat(execution.exitCode()).isEqualTo(1);
        assertThat(execution.out()).isEmpty();
        assertThat(execution.err())
                .startsWith("standard input:3:17: error: spec.policy.rules: loaded illegal policy with 0 rules");
    }

    @Test
    void saysThatThePolicyIsMissing() {
        Execution execution = Execution.withInput(
                "{\"apiVersion\": \"auditpolicy.dev/v1alpha1\", \"kind\": \"AuditPolicy\"}", "render", "-");

        assertThat(execution.exitCode()).isEqualTo(1);
        assertThat(execution.err()).contains("spec.policy.rules: loaded illegal policy with 0 rules");
    }

    @Test
    void printsTheHelpWithoutASubcommand() {
        Execution execution = Execution.of();

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err()).startsWith("Usage: auditpolicy").contains("import", "render", "validate");
    }
}
