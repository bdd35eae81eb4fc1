package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.e2e.ApiServerSampler.ApiServer;
import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** kubeadm rewrites the manifest of a node that runs a policy: kube-apiserver restarts once, and never without audit. */
@LabNodes(1)
@ExtendWith(OperatorExtension.class)
class UpgradeE2E {

    private static final String NODE = "cp1";
    private static final String AUDIT_NODE = "auditnode/" + NODE;
    private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
    private static final Duration RESTART_LIMIT = Duration.ofMinutes(3);

    private final Operator operator;
    private final Lab lab;

    UpgradeE2E(Operator operator) {
        this.operator = operator;
        this.lab = operator.lab();
    }

    @Tag("rare")
    @Test
    void restartsOnceInAnUpgrade() {
        var version = lab.exec(NODE, "kubeadm", "version", "-o", "short").strip();

        assertRestartsOnceWith(
                "kubeadm upgrade apply " + version + " -f -y --ignore-preflight-errors=all --etcd-upgrade=false");
    }

    /** kubeadm has ended when the agent looks for it. */
    @Test
    void restartsOnceWhenAPhaseIsRunAlone() {
        assertRestartsOnceWith("kubectl --kubeconfig /etc/kubernetes/admin.conf -n kube-system get configmap"
                + " kubeadm-config -o jsonpath='{.data.ClusterConfiguration}' > /run/kubeadm.yaml"
                + " && kubeadm init phase control-plane apiserver --config /run/kubeadm.yaml");
    }

    private void assertRestartsOnceWith(String command) {
        operator.givenEffective(AuditPolicies.secrets("upgraded"));
        operator.await("a node that was not changed for 10 s", RESTART_LIMIT)
                .until(() -> operator.field(AUDIT_NODE, ".status.phase").equals("Effective"));
        var before = operator.apiServer(NODE);
        var gap = operator.field(AUDIT_NODE, ".status.lastGap");
        var turn = operator.field(AUDIT_NODE, ".status.lastTurn.id");
        var sampler = ApiServerSampler.start(lab, NODE);
        List<ApiServer> seen;
        try {
            lab.exec(NODE, "sh", "-c", command);
            operator.await("another kube-apiserver is ready", RESTART_LIMIT).untilAsserted(() -> {
                assertThat(operator.apiServer(NODE)).isNotEmpty().isNotEqualTo(before);
                assertThat(lab.isReady(NODE)).isTrue();
            });
            operator.awaitReady();
        } finally {
            seen = sampler.stop();
        }

        assertThat(seen).as("kube-apiservers").hasSize(2).allMatch(ApiServer::audited);
        assertThat(lab.readFile(NODE, MANIFEST)).contains("auditpolicy.dev/reapplied");
        operator.await("the node says who rewrote its manifest, with no gap and no turn", RESTART_LIMIT)
                .untilAsserted(() -> assertThat(List.of(
                                operator.field(AUDIT_NODE, ".status.lastGap"),
                                operator.field(AUDIT_NODE, ".status.lastTurn.id"),
                                operator.field(AUDIT_NODE, ".status.drift.cause")))
                        .containsExactly(gap, turn, "Regenerated"));
    }
}
