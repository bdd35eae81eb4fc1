package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.e2e.ForeignAudit.Layout;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose owner has configured auditing by hand, and that has no AuditPolicy. */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class ObservationE2E {

    private static final String AUDIT_NODE = "auditnode/cp1";
    private static final Duration REPORT_LIMIT = Duration.ofMinutes(1);

    private static String unaudited = "";

    private final Operator operator;
    private final ForeignAudit node;

    @TempDir
    private Path directory;

    ObservationE2E(Operator operator) {
        this.operator = operator;
        this.node = new ForeignAudit(operator, "cp1");
    }

    /** Once for all tests: each configuration restarts kube-apiserver. */
    @BeforeAll
    static void configureByHand(Operator operator) {
        var node = new ForeignAudit(operator, "cp1");
        node.stopManaging();
        unaudited = node.manifest();
        node.configure(Layout.OWN_PATHS);
    }

    @AfterAll
    static void removeConfiguration(Operator operator) {
        var node = new ForeignAudit(operator, "cp1");
        node.stopManaging();
        node.replaceManifest(unaudited);
    }

    @Test
    void statesWhatRunsAndChangesNothing() throws IOException {
        var byHand = node.manifest();

        operator.await("the AuditNode states who has configured auditing", REPORT_LIMIT)
                .untilAsserted(() -> assertThat(List.of(
                                operator.field(AUDIT_NODE, ".status.phase"),
                                operator.field(AUDIT_NODE, ".status.observed.owner")))
                        .containsExactly("Observed", "Foreign"));

        assertThat(operator.field(AUDIT_NODE, ".status.observed.logPath"))
                .isEqualTo("/var/log/kubernetes/by-hand/audit.log");
        assertThat(node.manifest()).isEqualTo(byHand);
        assertThat(Imported.fromCluster(operator.lab(), directory))
                .contains("level: \"Request\"", "path: \"/var/log/kubernetes/by-hand/audit.log\"", "maxAgeDays: 7");
    }

    @Test
    void takesOverWhenToldToAndGivesBackEveryByte() {
        var byHand = node.manifest();

        operator.apply(AuditPolicies.secrets());
        operator.awaitStalled();

        assertThat(operator.message("Stalled")).contains("--audit-log-maxage", "spec.takeover to Replace");
        assertThat(node.manifest()).isEqualTo(byHand);

        operator.apply(AuditPolicies.replacingForeign(AuditPolicies.secrets()));
        operator.awaitReady();

        assertThat(node.manifest()).doesNotContain("audit-by-hand");
        assertThat(operator.field(AUDIT_NODE, ".status.lastTurn.message"))
                .contains("/var/log/kubernetes/by-hand/audit.log");

        node.stopManaging();

        assertThat(node.manifest()).isEqualTo(byHand);
    }
}
