package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is known before a rollout, and rules that end by themselves. */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class PlanE2E {

    private static final String NODE = "cp1";
    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(45);

    /** Longer than a rollout on one node takes. */
    private static final Duration TEMPORARY = Duration.ofSeconds(90);

    private final Operator operator;
    private final Lab lab;

    PlanE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    @Test
    void waitsForApprovalOfAPlan() {
        operator.givenEffective();
        var before = operator.apiServer(NODE);

        operator.apply(AuditPolicies.secrets("approved-by-hand")
                .replace("    - level: None", "    - level: Metadata")
                .replace("rollout: {", "rollout: {approve: Manual, "));
        operator.await("the rollout waits for approval", CHECK_LIMIT)
                .untilAsserted(
                        () -> assertThat(operator.message("Ready")).contains("waits for approval", "approvedRevision"));

        assertThat(operator.apiServer(NODE)).isEqualTo(before);
        assertThat(plan(".changes[0]")).startsWith("None becomes Metadata, for example for ");
        assertThat(plan(".nodes[0].restart.strategy")).isIn("InPlace", "Recreate");
        assertThat(Long.parseLong(plan(".nodes[0].log.minBytesPerSecond")))
                .as(plan(".nodes[0].log"))
                .isGreaterThan(Long.parseLong(plan(".nodes[0].log.bytesPerSecond")));

        lab.kubectl(
                "patch",
                "auditpolicy/cluster",
                "--type=merge",
                "-p",
                "{\"spec\":{\"rollout\":{\"approvedRevision\":\""
                        + operator.field("auditpolicy/cluster", ".status.revision") + "\"}}}");
        operator.awaitReady();
        assertThat(lab.readFile(NODE, POLICY)).contains("approved-by-hand");
        assertThat(operator.field("auditpolicy/cluster", ".status.plan")).isEmpty();
    }

    private String plan(String jsonPath) {
        return operator.field("auditpolicy/cluster", ".status.plan" + jsonPath);
    }

    @Test
    void holdsALogThatWouldGrowTooMuch() {
        operator.givenEffective(AuditPolicies.secrets("small"));

        operator.apply(AuditPolicies.secrets("small")
                .replace("    - level: None", "    - level: RequestResponse")
                .replace("rollout: {", "rollout: {maxGrowth: 1.5x, "));
        operator.await("the rollout is held", CHECK_LIMIT).untilAsserted(() -> assertThat(operator.message("Ready"))
                .contains("is predicted to grow", "spec.rollout.maxGrowth is 1.5x"));

        assertThat(lab.readFile(NODE, POLICY)).doesNotContain("RequestResponse");
        operator.apply(AuditPolicies.secrets("small"));
        operator.awaitReady();
    }

    @Test
    void takesTemporaryRulesOutAtTheirTime() {
        operator.givenEffective();
        var until = Instant.now().plus(TEMPORARY).truncatedTo(ChronoUnit.SECONDS);

        operator.apply(AuditPolicies.secrets("temporary-rules").replaceFirst("(?m)^spec:$", """
                spec:
                  temporaryRules:
                  - until: "%s"
                    reason: an investigation
                    rules: [{level: RequestResponse, users: [suspect]}]""".formatted(until)));
        operator.awaitReady();
        assertThat(lab.readFile(NODE, POLICY)).contains("suspect");
        assertThat(operator.message("Ready")).contains("temporary rules apply until " + until + " (an investigation)");

        operator.await("the rules are gone", TEMPORARY.plus(operator.rolloutLimit()))
                .until(() -> !lab.readFile(NODE, POLICY).contains("suspect"));
        operator.awaitReady();
        assertThat(lab.readFile(NODE, POLICY)).contains("temporary-rules");
        assertThat(operator.field("auditpolicy/cluster", ".status.temporaryRules[0].state"))
                .isEqualTo("Ended");
    }
}
