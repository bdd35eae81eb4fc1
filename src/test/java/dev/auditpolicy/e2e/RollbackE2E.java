package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that no check foresees: kube-apiserver does not start with them on one of three nodes. */
class RollbackE2E {

    private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
    private static final String POLICY = "/etc/kubernetes/audit-policy.yaml";
    private static final String FIRST = read("metadata-of-secrets.yaml");

    private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";

    private static Lab lab;
    private static Operator operator;

    @BeforeAll
    static void aClusterWithAPolicyInForce() {
        lab = Lab.start(3);
        operator = Operator.install(lab);
    }

    @BeforeEach
    void aPolicyIsInForce() {
        operator.apply(FIRST);
        operator.awaitReady();
    }

    @Test
    void aKubeApiServerThatEndsAfterItsStartGoesBackAndTheOthersStayUntouched() throws Exception {
        var path = Change.IMMUTABLE;
        lab.nodes().forEach(node -> lab.exec(node, "sh", "-c", Change.MAKE_IMMUTABLE));
        var manifests = manifests();

        try (var availability = new Availability(lab)) {
            operator.apply(FIRST.replace("/var/log/kubernetes/audit/audit.log", path));
            operator.awaitCondition("Stalled");

            assertThat(operator.message("Stalled")).contains(Change.NOT_PERMITTED);
            assertThat(operator.field("auditnodes", ".items[*].status.phase"))
                    .contains("RolledBack")
                    .doesNotContain("Effective");
            assertThat(manifests()).isEqualTo(manifests);
            assertThat(lab.nodes()).allMatch(lab::isReady);
            assertThat(availability.overlaps()).isEmpty();
            availability
                    .outages()
                    .forEach(outage -> System.out.println("API down, rolled back: " + outage.node() + " "
                            + outage.length().toMillis() + " ms"));
        }
    }

    @Test
    void aKubeApiServerThatNeverStartsGoesBackWhenItsTimeIsOver() {
        lab.nodes().forEach(RollbackE2E::replaceDirectoryWhileATurnGoesForward);
        var manifests = manifests();

        operator.apply(FIRST.replace("/var/log/kubernetes/audit/audit.log", Change.BELOW_A_FILE)
                .replace("drainSeconds: 3", "drainSeconds: 3, verifyTimeoutSeconds: 30"));
        operator.awaitCondition("Stalled");

        assertThat(operator.field("auditnodes", ".items[*].status.phase")).contains("RolledBack");
        await().atMost(Duration.ofMinutes(1)).until(() -> lab.nodes().stream().allMatch(lab::isReady));
        assertThat(manifests()).isEqualTo(manifests);
    }

    /** A node as it was before this operator came: nothing in its manifest, nothing remembered. */
    @Test
    void aNodeThatJoinsWhileANewerPolicyIsStalledGetsTheCommittedOne() throws IOException {
        var committed = operator.field("auditpolicy/cluster", ".status.committedRevision");
        var path = Change.IMMUTABLE;
        lab.nodes().forEach(node -> lab.exec(node, "sh", "-c", Change.MAKE_IMMUTABLE));
        var joining = lab.nodes().getLast();
        lab.kubectl("label", "node", joining, CONTROL_PLANE + "-");
        awaitAuditNodes(lab.nodes().size() - 1);
        operator.putCommandOn(joining);
        lab.exec(joining, "auditpolicy", "restore");
        lab.exec(joining, "sh", "-c", "rm -rf /var/lib/auditpolicy/*");
        operator.apply(FIRST.replace("/var/log/kubernetes/audit/audit.log", path));
        operator.awaitCondition("Stalled");

        lab.kubectl("label", "node", joining, CONTROL_PLANE + "=");
        awaitAuditNodes(lab.nodes().size());
        lab.kubectl("wait", "--for=jsonpath={.status.phase}=Effective", "auditnode/" + joining, "--timeout=300s");

        assertThat(operator.field("auditnode/" + joining, ".status.proof.revision"))
                .isEqualTo(committed);
        assertThat(operator.field("auditpolicy/cluster", ".status.revision")).isNotEqualTo(committed);
    }

    /**
     * In the background, on the node whose turn it will be. The pre-flight would refuse what is there before, and what is
     * there after the turn has been taken back.
     */
    private static void replaceDirectoryWhileATurnGoesForward(String node) {
        lab.exec(
                node,
                "sh",
                "-c",
                Change.MAKE_DIRECTORY + "; (" + untilJournalHas("open") + Change.REPLACE_DIRECTORY + "; "
                        + untilJournalHas("rollbackReason") + Change.MAKE_DIRECTORY + ") > /dev/null 2>&1 &");
    }

    private static String untilJournalHas(String field) {
        return "until grep -qs '\"" + field + "\"' /var/lib/auditpolicy/journal.json; do sleep 0.1; done; ";
    }

    private static void awaitAuditNodes(int count) {
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        operator.field("auditnodes", ".items[*].metadata.name").split(" ").length == count);
    }

    private static List<String> manifests() {
        return lab.nodes().stream()
                .map(node -> lab.readFile(node, MANIFEST) + lab.readFile(node, POLICY))
                .toList();
    }

    private static String read(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/e2e", name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
