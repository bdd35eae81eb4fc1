package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An AuditPolicy with temporary rules, of which the first ended long ago. */
class TemporaryRulesTest extends CommandTestCase {

    private static final String POLICY = """
            apiVersion: auditpolicy.dev/v1alpha1
            kind: AuditPolicy
            metadata: {name: cluster}
            spec:
              temporaryRules:
              - until: "2020-01-01T00:00:00Z"
                reason: ended
                rules: [{level: None, users: [ended]}]
              - until: "2999-01-01T00:00:00Z"
                reason: investigation
                rules:
                - {level: RequestResponse, users: [suspect]}
                - {level: Metadata, users: [suspect]}
              policy: {rules: [{level: Metadata}]}
              log: {path: /var/log/kubernetes/audit/audit.log}
            """;

    @Test
    void rendersThoseThatApply() {
        assertThat(runWithInput(POLICY, "render", "-").expectExitCode(0).out())
                .contains("suspect")
                .doesNotContain("ended");
    }

    @Test
    void explainsThem() {
        var arguments = new String[] {"explain", "-", "--as", "suspect", "--verb", "get", "--resource", "pods"};

        assertThat(runWithInput(POLICY, arguments).expectExitCode(0).out())
                .contains("spec.temporaryRules[1].rules[0]", "line 12");
    }

    @Test
    void lintsThem() {
        assertThat(runWithInput(POLICY, "lint", "-").out())
                .contains("spec.temporaryRules[1].rules[1]", "AP101")
                .contains("spec.temporaryRules[1].rules[0] matches all its requests first");
    }

    @Test
    void refusesATimeInThePast() {
        assertThat(runWithInput(POLICY, "validate", "-").expectExitCode(1).out())
                .contains("6:", "spec.temporaryRules[0].until", "\"2020-01-01T00:00:00Z\" is in the past");
    }

    @Test
    void acceptsOneThatEndedInTheCluster() {
        var status = "status: {temporaryRules: [{until: \"2020-01-01T00:00:00Z\", reason: ended, state: Ended}]}\n";

        runWithInput(POLICY + status, "validate", "-").expectExitCode(0);
    }
}
