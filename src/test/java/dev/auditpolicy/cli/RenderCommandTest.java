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
    void printsTheFlags() {
        assertThat(Execution.withInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy: {rules: [{level: Metadata}]}
                  log: {path: /var/log/kubernetes/audit/audit.log, maxBackups: 3}
                """, "render", "--flags", "-")).isEqualTo(new Execution(0, """
                --audit-policy-file=/etc/kubernetes/audit-policy.yaml
                --audit-log-path=/var/log/kubernetes/audit/audit.log
                --audit-log-maxage=30
                --audit-log-maxbackup=3
                --audit-log-maxsize=100
                """, ""));
    }

    @Test
    void hasNoFlagsForAPolicyFile() {
        Execution execution =
                Execution.withInput("apiVersion: audit.k8s.io/v1\nrules: [{level: None}]\n", "render", "--flags", "-");

        assertThat(execution.exitCode()).isEqualTo(2);
        assertThat(execution.err())
                .startsWith("--flags: the operator sets flags for spec.log, and only for that; - has none");
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
