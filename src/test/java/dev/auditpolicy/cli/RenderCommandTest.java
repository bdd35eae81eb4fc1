package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenderCommandTest {

    @Test
    void printsTheFileForAnAuditPolicy() {
        assertThat(CommandResult.withInput("""
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
        assertThat(CommandResult.withInput("""
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

    @Test
    void hasNoFlagsForAPolicyFile() {
        CommandResult result = CommandResult.withInput(
                "apiVersion: audit.k8s.io/v1\nrules: [{level: None}]\n", "render", "--flags", "-");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("--flags: the operator sets flags for spec.log, and only for that; - has none");
    }

    @Test
    void printsNothingForARefusedPolicy() {
        CommandResult result = CommandResult.withInput("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                spec: {policy: {rules: []}}
                """, "render", "-");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("standard input:3:17: error: spec.policy.rules: loaded illegal policy with 0 rules");
    }

    @Test
    void saysThatThePolicyIsMissing() {
        CommandResult result = CommandResult.withInput(
                "{\"apiVersion\": \"auditpolicy.dev/v1alpha1\", \"kind\": \"AuditPolicy\"}", "render", "-");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("spec.policy.rules: loaded illegal policy with 0 rules");
    }

    @Test
    void printsTheHelpWithoutASubcommand() {
        CommandResult result = CommandResult.of();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("Usage: auditpolicy").contains("import", "render", "validate");
    }
}
