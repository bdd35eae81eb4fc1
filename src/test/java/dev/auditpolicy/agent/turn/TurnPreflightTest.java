package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.plan.StaticPodPlanner;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnPreflightTest {

    @Test
    void changesNothingIfTheChangeIsRefusedMeanwhile() throws Exception {
        var node = new SimulatedNode(
                Files.readString(Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml")));
        var before = node.files();
        var log = new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);
        var open = OpenTurn.begun(
                new Turn("turn-1", "cp1", "a", 1, node.now()),
                new AuditNodeSpec("a", 1L, "policy", log, 3, 60),
                node.now(),
                node.ticks());
        var ports = new FaultyPorts(node, 0, Fault.FAILS);
        var applier = new ChangeApplier(
                ports.context(),
                new StaticPodPlanner(NodePaths.kubeadm()),
                new JournalFile(ports.files(), JournalFile.PATH),
                (_, _) -> Optional.of("the log is a directory now"),
                LogCheck.NONE);

        var result = applier.apply(Journal.empty().begin(open), open);

        assertThat(result).isEqualTo(new ChangeApplier.Result.NotStarted("the log is a directory now"));
        assertThat(node.files()).isEqualTo(before);
    }
}
