package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.e2e.ForeignAudit.Layout;
import dev.auditpolicy.lab.LabNodes;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three nodes whose owners have configured auditing in three ways: as documented, with paths of their own, not at all. */
@Tag("rare")
@LabNodes(3)
@ExtendWith(OperatorExtension.class)
class TakeoverE2E {

    private final Operator operator;
    private final List<ForeignAudit> nodes;

    TakeoverE2E(Operator operator) {
        this.operator = operator;
        this.nodes = operator.lab().nodes().stream()
                .map(node -> new ForeignAudit(operator, node))
                .toList();
    }

    @Test
    void takesOverMixedNodesAndGivesBackEveryByte() throws Exception {
        Operator.given("auditing that is configured by hand", this::configureByHand);
        var before = files();

        try (var availability = new Availability(operator.lab())) {
            operator.apply(AuditPolicies.replacingForeign(AuditPolicies.secrets()));
            operator.awaitReady();

            assertThat(availability.overlaps()).isEmpty();
        }
        assertThat(nodes.stream().map(ForeignAudit::policyAtOurPath).distinct()).hasSize(1);

        stopManaging();

        assertThat(files()).isEqualTo(before);
        // Other classes share the lab.
        nodes.get(0).remove();
        nodes.get(1).remove();
    }

    private void configureByHand() {
        stopManaging();
        nodes.get(0).configure(Layout.DOCUMENTED);
        nodes.get(1).configure(Layout.OWN_PATHS);
    }

    private void stopManaging() {
        operator.lab().kubectl("delete", "auditpolicy", "cluster", "--ignore-not-found");
        nodes.forEach(ForeignAudit::restore);
    }

    private List<String> files() {
        return nodes.stream()
                .map(node -> node.manifest() + node.policyAtOurPath())
                .toList();
    }
}
