package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.e2e.ForeignAudit.Layout;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster of which one node is audited by hand is taken over, and given back when the AuditPolicy is deleted. */
@Tag("rare")
@LabNodes(3)
@ExtendWith(OperatorExtension.class)
class RestoreE2E {

    private static final String FILES = "for f in /etc/kubernetes/manifests/kube-apiserver.yaml"
            + " /etc/kubernetes/audit-policy.yaml; do stat -c '%n %a %u %g' $f; cat $f; done 2> /dev/null || true";

    private final Operator operator;
    private final Lab lab;
    private final List<ForeignAudit> nodes;

    RestoreE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
        this.nodes = lab.nodes().stream()
                .map(node -> new ForeignAudit(operator, node))
                .toList();
    }

    @Test
    void givesEachNodeBackWhatItHad() throws Exception {
        Operator.given("a node that is audited by hand", this::configureByHand);
        try {
            assertGivenBack();
        } finally {
            nodes.get(1).remove(); // Other classes share the lab.
        }
    }

    private void assertGivenBack() throws Exception {
        var before = files();
        operator.apply(AuditPolicies.restoring(AuditPolicies.replacingForeign(AuditPolicies.secrets("restored"))));
        operator.awaitReady();
        assertThat(files()).isNotEqualTo(before);

        try (var availability = new Availability(lab)) {
            lab.kubectl("delete", "auditpolicy", "cluster", "--wait=false");
            operator.await("the AuditPolicy is gone", operator.rolloutLimit())
                    .untilAsserted(() -> assertThat(lab.kubectl("get", "auditpolicies", "-o", "name"))
                            .isBlank());
            assertThat(availability.overlaps()).isEmpty();
        }

        assertThat(files()).isEqualTo(before);
        assertThat(lab.nodes()).allMatch(lab::isReady);
        operator.await("nothing is desired of the nodes", Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(operator.field("auditnodes", ".items[*].status.phase"))
                        .isEqualTo("Observed Observed Observed"));
        assertThat(lab.nodes()).allSatisfy(node -> assertThat(lab.exec(node, "ls", "/var/lib/auditpolicy"))
                .doesNotContain("original-"));
    }

    private void configureByHand() {
        lab.kubectl("delete", "auditpolicy", "cluster", "--ignore-not-found");
        nodes.forEach(ForeignAudit::restore);
        nodes.get(1).configure(Layout.DOCUMENTED);
    }

    /** Both files of each node with mode and owner; a policy that is not there is empty. */
    private List<String> files() {
        return lab.nodes().stream()
                .map(node -> lab.exec(node, "sh", "-c", FILES))
                .toList();
    }
}
