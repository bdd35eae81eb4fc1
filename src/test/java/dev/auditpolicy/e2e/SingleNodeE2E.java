package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One node: agent and controller talk to the very kube-apiserver that they restart. */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class SingleNodeE2E {

    private static final String NODE = "cp1";
    private static final String AUDIT_NODE = "auditnode/" + NODE;
    private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
    private static final String JOURNAL = "/var/lib/auditpolicy/journal.json";
    private static final String FLAG_SET_BY_HAND = "    - --audit-log-path=/var/log/by-hand.log\n";

    /** An agent looks at its node at least every 10 s. */
    private static final Duration REPORT_LIMIT = Duration.ofSeconds(45);

    private final Operator operator;
    private final Lab lab;

    SingleNodeE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    @Tag("rare")
    @Test
    void refusesAuditFlagsSetByHandUntilTheyAreGone() {
        Operator.given("audit flags that the operator does not own", this::setAuditFlagByHand);
        var manifest = lab.readFile(NODE, MANIFEST);

        operator.apply(AuditPolicies.secrets("flags-set-by-hand"));
        operator.awaitStalled();

        assertThat(operator.message("Ready")).contains(NODE, "--audit-log-path", "/var/log/by-hand.log");
        assertThat(lab.readFile(NODE, MANIFEST)).isEqualTo(manifest);
        assertThat(lab.exec(NODE, "ls", "/etc/kubernetes")).doesNotContain("audit-policy.yaml");

        editManifest(FLAG_SET_BY_HAND, "");
        operator.awaitReady();

        assertThat(lab.readFile(NODE, POLICY)).contains("level: \"Request\"");
        assertThat(lab.exec(NODE, "stat", "-c", "%a %u", POLICY, MANIFEST)).isEqualTo("600 0\n600 0\n");
    }

    @Test
    void finishesATurnWhoseAgentIsKilled() {
        operator.givenEffective();
        var before = operator.apiServer(NODE);

        operator.apply(AuditPolicies.secrets("agent-killed"));
        operator.await("the node acts on its turn", REPORT_LIMIT)
                .until(() -> lab.readFile(NODE, JOURNAL).contains("\"open\""));
        lab.exec(NODE, "sh", "-c", "kill -9 $(pgrep -f '[q]uarkus-run.jar agent')");

        operator.awaitReady();
        assertThat(lab.readFile(NODE, POLICY)).contains("agent-killed");
        assertThat(operator.apiServer(NODE)).isNotEqualTo(before);
        assertThat(lab.readFile(NODE, JOURNAL)).doesNotContain("\"open\"");
    }

    /** The controller rejects such a policy itself, so the test writes the AuditNode in its place. */
    @Test
    void refusesAPolicyThatTheNodesOwnApiServerRejects() {
        operator.givenEffective();
        var before = operator.apiServer(NODE);
        var policy = lab.readFile(NODE, POLICY);
        var rejected = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadat\n";
        try {
            operator.pods().scaleController(0);
            operator.replaceSpecOf(NODE, Map.of("revision", "other", "policy", rejected));
            operator.await("the node refuses the policy", REPORT_LIMIT)
                    .untilAsserted(() -> assertThat(operator.field(AUDIT_NODE, ".status.phase"))
                            .isEqualTo("Refused"));

            assertThat(operator.field(AUDIT_NODE, ".status.message"))
                    .contains("rules[0].level: Unsupported value: \"Metadat\"");
            assertThat(lab.readFile(NODE, POLICY)).isEqualTo(policy);
            assertThat(operator.apiServer(NODE)).isEqualTo(before);
        } finally {
            operator.pods().scaleController(1);
        }
        operator.await("the controller restores the AuditNode", REPORT_LIMIT)
                .untilAsserted(() ->
                        assertThat(operator.field(AUDIT_NODE, ".spec.revision")).isNotEqualTo("other"));
        operator.awaitReady();
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
    }

    @Test
    void leavesAHeldNodeAlone() {
        operator.givenEffective();
        var before = operator.apiServer(NODE);
        operator.installCommandOn(NODE);
        try {
            lab.exec(NODE, "auditpolicy", "hold", "checking the API server");

            operator.apply(AuditPolicies.secrets("node-held"));
            operator.await("the AuditPolicy reports the hold", REPORT_LIMIT)
                    .untilAsserted(() -> assertThat(operator.message("Ready"))
                            .contains(NODE, "/var/lib/auditpolicy/hold", "checking the API server"));

            assertThat(operator.field(AUDIT_NODE, ".status.phase")).isEqualTo("Held");
            assertThat(operator.apiServer(NODE)).isEqualTo(before);
        } finally {
            lab.exec(NODE, "auditpolicy", "hold", "--release");
        }
        operator.awaitReady();
        assertThat(lab.readFile(NODE, POLICY)).contains("node-held");
    }

    /** The steps of docs/runbook.md, with policy and manifest broken and a kubelet that has seen no API server. */
    @Tag("rare")
    @Test
    void restoresAnApiServerThatDoesNotStart() {
        operator.givenEffective(AuditPolicies.secrets("restored"));
        operator.installCommandOn(NODE);
        var policy = lab.readFile(NODE, POLICY);
        try {
            lab.exec(NODE, "sh", "-c", "echo 'kind: Nonsense' > " + POLICY);
            lab.exec(NODE, "sed", "-i", "s/--audit-log-maxage=[0-9]*/--audit-log-maxage=thirty/", MANIFEST);
            operator.await("the API server is down", Duration.ofSeconds(90)).until(() -> !lab.isReady(NODE));
            lab.exec(NODE, "sh", "-c", "kill -9 $(pgrep -x kubelet); kill -9 $(pgrep -x kube-apiserver) || true");
            assertThat(lab.exec(NODE, "auditpolicy", "status")).contains("not ready");

            var output = lab.exec(NODE, "auditpolicy", "restore");

            assertThat(output).contains("kube-apiserver runs without an audit policy of this operator");
            assertThat(lab.isReady(NODE)).isTrue();
            assertThat(lab.readFile(NODE, MANIFEST))
                    .isEqualTo(lab.readFile(NODE, "/var/lib/auditpolicy/original-kube-apiserver.yaml"));
            assertThat(lab.exec(NODE, "ls", "-A", "/etc/kubernetes")).doesNotContain("audit-policy.yaml");
        } finally {
            lab.exec(NODE, "auditpolicy", "hold", "--release");
        }
        operator.await("the policy is on the node again", operator.rolloutLimit())
                .until(() -> lab.readFile(NODE, POLICY).equals(policy));
        operator.awaitReady();
    }

    @Test
    void restartsTheContainerInItsPodWhenOnlyThePolicyChanges() {
        var days = givenAPodThatWasNotRestarted();
        var manifest = lab.readFile(NODE, MANIFEST);
        var before = operator.apiServer(NODE);

        operator.apply(AuditPolicies.secrets("in-place", days));
        operator.awaitReady();

        assertThat(operator.field(AUDIT_NODE, ".status.lastTurn.restart.strategy"))
                .isEqualTo("InPlace");
        assertThat(operator.apiServer(NODE)).isNotEqualTo(before);
        assertThat(lab.readFile(NODE, MANIFEST)).isEqualTo(manifest);
    }

    /** kubelet would wait before it restarts that container once more. */
    @Test
    void makesANewPodWhenTheContainerWasRestartedLately() {
        var days = givenAPodThatWasNotRestarted();
        operator.givenEffective(AuditPolicies.secrets("first-restart", days));

        operator.apply(AuditPolicies.secrets("second-restart", days));
        operator.awaitReady();

        assertThat(operator.field(AUDIT_NODE, ".status.lastTurn.restart")).contains("Recreate", "restarted");
    }

    @Test
    void putsBackAPolicyFileThatIsEdited() {
        operator.givenEffective(AuditPolicies.secrets("edited"));
        var policy = lab.readFile(NODE, POLICY);

        editAndAwaitPutBack(policy);

        assertThat(lab.readFile(NODE, POLICY)).isEqualTo(policy);
        assertThat(operator.eventMessages("NoLongerEffective")).contains(POLICY + " differs");
    }

    @Test
    void leavesAPolicyFileThatIsEditedAgain() {
        operator.givenEffective(AuditPolicies.secrets("edited-again"));
        var policy = lab.readFile(NODE, POLICY);
        Operator.given("a policy file that was edited and put back", () -> editAndAwaitPutBack(policy));
        var before = operator.apiServer(NODE);
        try {
            lab.writeFile(NODE, POLICY, policy + "# edited again\n");
            operator.awaitStalled();

            assertThat(operator.message("Ready")).contains(NODE, "changed again soon after a turn reverted", POLICY);
            assertThat(lab.readFile(NODE, POLICY)).contains("# edited again");
            assertThat(operator.apiServer(NODE)).isEqualTo(before);
        } finally {
            lab.writeFile(NODE, POLICY, policy);
        }
        operator.awaitReady();
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
    }

    /** A node that this operator does not manage, and a flag that it did not set. */
    private void setAuditFlagByHand() {
        if (lab.readFile(NODE, MANIFEST).contains("--audit-policy-file=")) {
            lab.kubectl("delete", "auditpolicy", "cluster", "--ignore-not-found");
            operator.installCommandOn(NODE);
            lab.exec(NODE, "auditpolicy", "restore");
            lab.exec(NODE, "auditpolicy", "hold", "--release");
        }
        editManifest("    - --secure-port=6443\n", "    - --secure-port=6443\n" + FLAG_SET_BY_HAND);
    }

    /** Changes a setting where it was restarted; returns the {@code maxAgeDays} that it has then. */
    private String givenAPodThatWasNotRestarted() {
        operator.givenEffective();
        var days = lab.exec(NODE, "sed", "-n", "s/.*--audit-log-maxage=//p", MANIFEST)
                .strip();
        var logs = lab.exec(
                NODE, "sh", "-c", "ls $(ls -td /var/log/pods/kube-system_kube-apiserver-*/ | head -n 1)kube-apiserver");
        if (logs.equals("0.log\n")) {
            return days;
        }
        var other = days.equals("30") ? "29" : "30";
        operator.givenEffective(AuditPolicies.secrets("new-pod-" + other, other));
        return other;
    }

    private void editAndAwaitPutBack(String policy) {
        lab.writeFile(NODE, POLICY, policy + "# edited\n");
        operator.await("the policy file is put back", operator.rolloutLimit())
                .until(() -> lab.readFile(NODE, POLICY).equals(policy));
        operator.awaitReady();
    }

    /** Returns when another kube-apiserver runs with the new manifest. */
    private void editManifest(String old, String replacement) {
        var before = operator.apiServer(NODE);
        lab.writeFile(NODE, MANIFEST, lab.readFile(NODE, MANIFEST).replace(old, replacement));
        operator.await("kubelet restarts kube-apiserver with the edited manifest", operator.rolloutLimit())
                .untilAsserted(() -> {
                    assertThat(operator.apiServer(NODE)).isNotEmpty().isNotEqualTo(before);
                    assertThat(lab.isReady(NODE)).isTrue();
                });
    }
}
