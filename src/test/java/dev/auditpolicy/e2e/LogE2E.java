package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The audit log of a node: which settings a node refuses, and what its proof says. */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class LogE2E {

    private static final String NODE = "cp1";
    private static final String AUDIT_NODE = "auditnode/" + NODE;

    private final Operator operator;
    private final Lab lab;

    LogE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    /**
     * In the lab, as kubeadm has it by default, etcd's data and the log are on one disk. The size is another one than in the
     * test below: settings that are in effect are not checked again.
     */
    @Test
    void refusesALogThatCouldFillTheDiskOfEtcd() {
        operator.givenEffective();
        var before = operator.apiServer(NODE);

        operator.apply(logging("maxSizeMB: 1048575"));
        operator.awaitStalled();

        assertThat(operator.message("Ready")).contains(NODE, "etcd", "maxSizeMB", "whenSpaceIsShort");
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
    }

    @Tag("rare")
    @Test
    void acceptsALogThatCouldFillTheDiskWhereThePolicySaysProceed() {
        operator.apply(logging("maxSizeMB: 1048576\n    whenSpaceIsShort: Proceed"));
        operator.awaitReady();

        assertThat(lab.readFile(NODE, "/etc/kubernetes/manifests/kube-apiserver.yaml"))
                .contains("--audit-log-maxsize=1048576");
    }

    /** kube-apiserver answers before it has written the events. */
    @Test
    void provesALogInBatches() {
        operator.apply(logging("mode: batch"));
        operator.awaitReady();

        assertThat(operator.field(AUDIT_NODE, ".status.proof.canary.level")).isEqualTo("Metadata");
    }

    @Tag("rare")
    @Test
    void provesALogInTheLegacyFormat() {
        operator.givenEffective();
        var path = "/var/log/kubernetes/legacy/audit.log";
        operator.apply(logging("format: legacy").replace(AuditPolicies.LOG, path));
        operator.awaitReady();

        assertThat(lab.exec(NODE, "tail", "-n", "1", path)).contains("AUDIT: id=");
        assertThat(operator.field(AUDIT_NODE, ".status.log.previousPath"))
                .isNotBlank()
                .isNotEqualTo(path);
        assertThat(operator.field(AUDIT_NODE, ".status.proof.canary.auditID")).isNotBlank();
    }

    @Test
    void provesThatThePolicyDoesNotRecordTheCanary() {
        operator.givenEffective(AuditPolicies.secrets());

        assertThat(operator.field(AUDIT_NODE, ".status.proof.canary.level")).isEqualTo("None");
        assertThat(eventsOfCanary()).isEmpty();
    }

    @Test
    void provesThatTheLogRecordsTheCanaryAtThePolicysLevel() {
        operator.apply(recordingAuditNodes());
        operator.awaitReady();

        assertThat(operator.field(AUDIT_NODE, ".status.proof.canary.level")).isEqualTo("Metadata");
        assertThat(eventsOfCanary()).contains("\"level\":\"Metadata\"", "\"verb\":\"get\"", "auditnodes/" + NODE);
        assertThat(operator.field(AUDIT_NODE, ".status.log.worstCaseBytes"))
                .isEqualTo(Long.toString(1100L * 1024 * 1024));
    }

    /** kubernetes#111208: kube-apiserver does not notice it. */
    @Test
    void restartsAnApiServerWhoseLogIsDeleted() {
        operator.givenEffective(AuditPolicies.secrets("log-deleted"));
        var before = operator.apiServer(NODE);
        lab.exec(NODE, "rm", AuditPolicies.LOG);

        operator.await("kube-apiserver is restarted and Effective", operator.rolloutLimit())
                .untilAsserted(() -> {
                    assertThat(operator.apiServer(NODE)).isNotEqualTo(before);
                    assertThat(operator.field(AUDIT_NODE, ".status.conditions[?(@.type==\"Effective\")]"))
                            .contains("True");
                });
        operator.awaitReady();
        assertThat(operator.eventMessages("NoLongerEffective")).contains("deleted file", AuditPolicies.LOG);
        lab.exec(NODE, "test", "-s", AuditPolicies.LOG);
    }

    /** Nothing may be restarted there, and yet it is reported at once. */
    @Tag("rare")
    @Test
    void reportsALostLogOfANodeThatWaits() {
        operator.givenEffective(AuditPolicies.secrets("log-before-the-pause"));
        var running = operator.field(AUDIT_NODE, ".status.running.revision");
        var next = AuditPolicies.secrets("log-after-the-pause");
        operator.apply(next.replace("rollout: {", "rollout: {paused: true, "));
        operator.await("the node waits", Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(operator.field(AUDIT_NODE, ".status.phase")).isEqualTo("Checked"));
        assertThat(operator.field(AUDIT_NODE, ".status.running.revision")).isEqualTo(running);
        lab.exec(NODE, "rm", AuditPolicies.LOG);

        operator.await("the loss is reported", Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(operator.field(AUDIT_NODE, ".status.conditions[?(@.type==\"Auditing\")].reason"))
                    .isEqualTo("LogLost");
            assertThat(operator.message("Effective")).contains(NODE, "events are being lost now");
        });
        operator.apply(next);
        operator.awaitReady();
        assertThat(operator.field(AUDIT_NODE, ".status.lastGap.to")).isNotBlank();
        assertThat(operator.eventMessages("AuditGapEnded")).contains("deleted file");
    }

    /** As "truncate", or the copytruncate of a logrotate, does it. kube-apiserver goes on as if nothing had happened. */
    @Test
    void reportsALogThatIsTruncated() {
        operator.givenEffective(AuditPolicies.secrets("log-truncated"));
        lab.exec(NODE, "truncate", "-s", "0", AuditPolicies.LOG);

        operator.await("the truncation is reported", Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(operator.field(AUDIT_NODE, ".status.log.truncatedAt")).isNotBlank();
            assertThat(operator.eventMessages("AuditLogTruncated")).contains(AuditPolicies.LOG);
            assertThat(operator.message("Effective")).contains(NODE, "truncated");
        });
    }

    @Test
    void reportsALogThatCannotBeWritten() {
        operator.givenEffective(AuditPolicies.secrets("log-immutable"));
        lab.exec(NODE, "chattr", "+i", AuditPolicies.LOG);
        try {
            operator.await("the loss is reported", Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(operator.field(AUDIT_NODE, ".status.conditions[?(@.type==\"Auditing\")].reason"))
                        .isEqualTo("LogNotWritable");
                assertThat(operator.field(AUDIT_NODE, ".status.message"))
                        .contains("events are being lost now", "chattr");
            });
        } finally {
            lab.exec(NODE, "chattr", "-i", AuditPolicies.LOG);
        }
        operator.awaitReady();
    }

    @Test
    void refusesALogPathThatIsADirectory() {
        operator.givenEffective();
        var before = operator.apiServer(NODE);
        var path = "/var/log/kubernetes/taken/audit.log";
        lab.exec(NODE, "mkdir", "-p", path);

        operator.apply(recordingAuditNodes().replace(AuditPolicies.LOG, path));
        operator.awaitStalled();

        assertThat(operator.message("Ready")).contains(NODE, path + " is a directory, not a file");
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
    }

    @Test
    void refusesAFileWithoutAuditEvents() {
        operator.givenEffective();
        var before = operator.apiServer(NODE);
        var path = "/var/log/kubernetes/foreign/audit.log";
        lab.exec(NODE, "sh", "-c", "mkdir -p $(dirname " + path + ") && echo 'type=DAEMON_START' > " + path);

        operator.apply(recordingAuditNodes().replace(AuditPolicies.LOG, path));
        operator.awaitStalled();

        assertThat(operator.message("Ready")).contains(NODE, path + " has 18 bytes and contains no audit event");
        assertThat(lab.readFile(NODE, path)).isEqualTo("type=DAEMON_START\n");
        assertThat(operator.apiServer(NODE)).isEqualTo(before);
    }

    @Test
    void refusesAFileThatAnotherProgramWrites() {
        operator.givenEffective();
        var before = operator.apiServer(NODE);
        var path = "/var/log/kubernetes/written/audit.log";
        var writer = lab.exec(
                        NODE,
                        "sh",
                        "-c",
                        "mkdir -p $(dirname " + path + ") && (exec sleep 600 9>> " + path
                                + ") > /dev/null 2>&1 & echo $!")
                .strip();
        try {
            operator.apply(recordingAuditNodes().replace(AuditPolicies.LOG, path));
            operator.awaitStalled();

            assertThat(operator.message("Ready"))
                    .contains(NODE, path + " is the file of another program: sleep (PID " + writer + ")");
            assertThat(operator.apiServer(NODE)).isEqualTo(before);
        } finally {
            lab.exec(NODE, "kill", writer);
        }
    }

    private static String logging(String setting) {
        return AuditPolicies.read("bench.yaml")
                .replace("maxAgeDays: MAX_AGE", setting)
                .replace("MARK", "nobody")
                .replace("DRAIN", "3")
                .replace("SETTLING", "0");
    }

    /** So that the log records the agent's canary. */
    private static String recordingAuditNodes() {
        return AuditPolicies.withRule(AuditPolicies.secrets(), "resources: [{group: auditpolicy.dev}]");
    }

    private String eventsOfCanary() {
        var auditID = operator.field(AUDIT_NODE, ".status.proof.canary.auditID");
        assertThat(auditID).hasSize(36);
        return lab.exec(NODE, "sh", "-c", "grep -h " + auditID + " /var/log/kubernetes/audit/*.log || true");
    }
}
