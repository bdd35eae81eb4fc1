package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes that pass every check, and with which kube-apiserver does not start on one of three nodes. */
@LabNodes(3)
@ExtendWith(OperatorExtension.class)
class RollbackE2E {

    private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
    private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";
    private static final String BACKGROUND_PID = "/run/replace-directory.pid";

    private final Operator operator;
    private final Lab lab;

    RollbackE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    @Test
    void rollsBackAnApiServerThatCrashesAndLeavesTheOtherNodesAlone() throws Exception {
        operator.givenEffective();
        onEachNode(Change.MAKE_IMMUTABLE);
        var before = files();

        try (var availability = new Availability(lab)) {
            operator.apply(Change.logTo(Change.IMMUTABLE).auditPolicy("crashes"));
            operator.awaitStalled();

            assertThat(operator.message("Stalled")).contains(Change.NOT_PERMITTED);
            assertThat(operator.field("auditnodes", ".items[*].status.phase"))
                    .contains("RolledBack")
                    .doesNotContain("Effective");
            assertThat(files()).isEqualTo(before);
            assertThat(lab.nodes()).allMatch(lab::isReady);
            assertThat(availability.overlaps()).isEmpty();
            availability
                    .outages()
                    .forEach(outage -> System.out.println("API down until rolled back: " + outage.node() + " "
                            + outage.length().toMillis() + " ms"));
        }
    }

    @Test
    void rollsBackAnApiServerThatNeverStarts() {
        operator.givenEffective();
        var before = files();
        try {
            lab.nodes().forEach(this::replaceDirectoryDuringATurn);

            operator.apply(Change.logTo(Change.BELOW_A_FILE).within(30).auditPolicy("never-starts"));
            operator.awaitStalled();

            assertThat(operator.field("auditnodes", ".items[*].status.phase")).contains("RolledBack");
            operator.await("every kube-apiserver is ready", Duration.ofMinutes(1))
                    .until(() -> lab.nodes().stream().allMatch(lab::isReady));
            assertThat(files()).isEqualTo(before);
        } finally {
            onEachNode("kill $(cat " + BACKGROUND_PID + ") || true");
        }
    }

    /**
     * The joining node is as it was before the operator was installed: nothing in its manifest, no journal, no AuditNode of its
     * Node.
     */
    @Tag("rare")
    @Test
    void aNodeThatJoinsDuringAFailedRolloutGetsTheCommittedPolicy() {
        operator.givenEffective();
        var committed = operator.field("auditpolicy/cluster", ".status.committedRevision");
        onEachNode(Change.MAKE_IMMUTABLE);
        var joining = lab.nodes().getLast();
        operator.apply(Change.logTo(Change.IMMUTABLE).auditPolicy("stalled-before-join"));
        operator.awaitStalled();
        try {
            lab.kubectl("delete", "node", joining);
            awaitAuditNodes(lab.nodes().size() - 1);
            operator.installCommandOn(joining);
            lab.exec(joining, "auditpolicy", "restore");
            lab.exec(joining, "sh", "-c", "rm -rf /var/lib/auditpolicy/*");
        } finally {
            lab.exec(joining, "sh", "-c", "kill -9 $(pgrep -x kubelet)");
            operator.await("kubelet has registered its Node", Duration.ofMinutes(2))
                    .until(() -> lab.kubectl("get", "nodes").contains(joining));
            lab.kubectl("label", "node", joining, CONTROL_PLANE + "=");
        }

        awaitAuditNodes(lab.nodes().size());
        operator.await("the node that joined is Effective", operator.rolloutLimit())
                .untilAsserted(() -> assertThat(operator.field("auditnode/" + joining, ".status.phase"))
                        .isEqualTo("Effective"));
        assertThat(operator.field("auditnode/" + joining, ".status.proof.revision"))
                .isEqualTo(committed);
        assertThat(operator.field("auditpolicy/cluster", ".status.revision")).isNotEqualTo(committed);
    }

    /**
     * Starts a process on the node that makes the log's directory a file while a turn is applied, and a directory again during
     * its rollback. The pre-flight, which the turn repeats before it writes its images, would refuse the file.
     */
    private void replaceDirectoryDuringATurn(String node) {
        var script = untilJournalHas("images") + Change.REPLACE_DIRECTORY + "; " + untilJournalHas("rollbackReason")
                + Change.MAKE_DIRECTORY;
        lab.exec(
                node,
                "sh",
                "-c",
                Change.MAKE_DIRECTORY + "; (" + script + ") > /dev/null 2>&1 & echo $! > " + BACKGROUND_PID);
    }

    private static String untilJournalHas(String field) {
        return "until grep -qs '\"" + field + "\"' " + FaultSite.JOURNAL + "; do sleep 0.1; done; ";
    }

    private void onEachNode(String script) {
        lab.nodes().forEach(node -> lab.exec(node, "sh", "-c", script));
    }

    private void awaitAuditNodes(int count) {
        operator.await("there are " + count + " AuditNodes", Duration.ofSeconds(45))
                .until(() ->
                        operator.field("auditnodes", ".items[*].metadata.name").split(" ").length == count);
    }

    private List<String> files() {
        return lab.nodes().stream()
                .map(node -> lab.readFile(node, MANIFEST) + lab.readFile(node, POLICY))
                .toList();
    }
}
