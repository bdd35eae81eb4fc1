package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.e2e.ApiServerSampler.ApiServer;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A control-plane node leaves by kubeadm reset, and one of the same name joins by kubeadm join --control-plane. */
@Tag("rare")
@LabNodes(3)
@ExtendWith(OperatorExtension.class)
class JoinE2E {

    private static final String NODE = "cp3";

    private final Operator operator;
    private final JoiningNode node;

    @TempDir
    Path directory;

    JoinE2E(Operator operator) {
        this.operator = operator;
        this.node = new JoiningNode(operator, NODE);
    }

    @Test
    void aPreparedNewMachineIsAuditedFromItsFirstStart() throws IOException {
        operator.givenEffective();
        node.leave(AuditPolicies.secrets("replaced"));
        node.replace();
        node.prepare(directory);

        assertAuditedByOneApiServer(seenDuring(node::joinPrepared), "");
    }

    /** kubeadm reset leaves the operator's files: the journal of the node's former life with its last turn, the policy, the log. */
    @Test
    void aPreparedNodeThatWasResetIsAuditedFromItsFirstStart() throws IOException {
        operator.givenEffective(AuditPolicies.secrets("in-the-journal"));
        var former = lastTurn();
        node.leave(AuditPolicies.secrets("reset"));
        node.prepare(directory);

        assertAuditedByOneApiServer(seenDuring(node::joinPrepared), former);
    }

    @Test
    void anUnpreparedNodeIsAuditedAfterItsTurn() {
        operator.givenEffective();
        node.leave(AuditPolicies.secrets("unprepared"));
        node.replace();

        var seen = seenDuring(node::join);

        assertThat(seen).extracting(ApiServer::audited).containsExactly(false, true);
    }

    private List<ApiServer> seenDuring(Runnable join) {
        var sampler = ApiServerSampler.start(operator.lab(), NODE);
        join.run();
        return sampler.stop();
    }

    /** @param lastTurn the id of the last one before the node joined */
    private void assertAuditedByOneApiServer(List<ApiServer> seen, String lastTurn) {
        assertThat(seen).extracting(ApiServer::audited).containsExactly(true);
        assertThat(lastTurn()).isEqualTo(lastTurn);
    }

    private String lastTurn() {
        return operator.field("auditnode/" + NODE, ".status.lastTurn.id");
    }
}
