package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.e2e.ForeignAudit.Layout;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node whose owner has configured by hand, at the operator's paths, what the AuditPolicy says. */
@Tag("rare")
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class KeptTakeoverE2E {

    private static final String NODE = "cp1";
    private static final String AUDIT_NODE = "auditnode/" + NODE;
    private static final Duration REPORT_LIMIT = Duration.ofMinutes(1);

    private static String unaudited = "";

    private final Operator operator;
    private final Lab lab;
    private final ForeignAudit node;

    @TempDir
    private Path directory;

    KeptTakeoverE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
        this.node = new ForeignAudit(operator, NODE);
    }

    @BeforeAll
    static void configureByHand(Operator operator) {
        var node = new ForeignAudit(operator, NODE);
        node.stopManaging();
        unaudited = node.manifest();
        node.configure(Layout.DOCUMENTED);
    }

    @AfterAll
    static void removeConfiguration(Operator operator) {
        var node = new ForeignAudit(operator, NODE);
        node.stopManaging();
        node.replaceManifest(unaudited);
        operator.lab().exec(NODE, "rm", "-f", "/etc/kubernetes/audit-policy.yaml");
    }

    /** The AuditPolicy is the one that import makes of the node, whose policy file has other bytes than the operator's. */
    @Test
    void takesOverWithoutARestartWhatMeansTheSame() throws IOException {
        var byHand = node.manifest();
        var policyByHand = node.policyAtOurPath();
        var process = operator.apiServer(NODE);
        operator.await("the AuditNode states the other configuration", REPORT_LIMIT)
                .untilAsserted(() -> assertThat(operator.field(AUDIT_NODE, ".status.observed.logPath"))
                        .isEqualTo(AuditPolicies.LOG));
        var same = AuditPolicies.replacingForeign(Imported.fromCluster(lab, directory))
                        .replaceFirst("(?m)^( *)maxAgeDays: 7$", "$1maxAgeDays: 7\n$1whenSpaceIsShort: Proceed")
                + "  rollout: {minReadySeconds: 2, drainSeconds: 3}\n";

        operator.apply(same);
        operator.awaitReady();

        assertThat(operator.field(AUDIT_NODE, ".status.phase")).isEqualTo("Effective");
        assertThat(operator.field(AUDIT_NODE, ".status.lastTurn.message")).contains("did not restart");
        assertThat(operator.field(AUDIT_NODE, ".status.observed.owner")).isEqualTo("Operator");
        assertThat(operator.apiServer(NODE)).isEqualTo(process);
        assertThat(node.manifest() + node.policyAtOurPath()).isEqualTo(byHand + policyByHand);

        operator.apply(same.replace("level: \"Request\"", "level: \"Metadata\""));
        operator.awaitReady();

        assertThat(operator.apiServer(NODE)).isNotEqualTo(process);
        assertThat(node.manifest()).contains("auditpolicy.dev/flags");

        node.stopManaging();

        assertThat(node.manifest() + node.policyAtOurPath()).isEqualTo(byHand + policyByHand);
    }
}
