package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.plan.StaticPodPlanner;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.journal.OpenTurn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** "auditpolicy restore" ends at any call, and is run again: the node has exactly what it had before the first change. */
class RestorationFaultsTest {

    /** Each call in "make faults", some in a build. */
    private static final int STEP = "all".equals(System.getProperty("faults")) ? 1 : 5;

    private static final NodePaths PATHS = NodePaths.kubeadm();
    private static final LogBackend LOG =
            new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(NodeLayout.class)
    void theNodeComesBack(NodeLayout layout) throws Exception {
        var origin = layout.node();
        var changed = new SimulatedNode(origin);
        change(changed, "ours");
        assertThat(changed.files().get(PATHS.policy()).text()).isEqualTo("ours");
        comesBack(changed, origin);
    }

    /** There is nothing to put back after a takeover that has changed nothing, and nothing restarts. */
    @Test
    void aNodeThatWasKeptStaysAsItIs() throws Exception {
        var origin = NodeLayout.SAME_MEANING.node();
        var kept = new SimulatedNode(origin);
        change(kept, NodeLayout.MEANT);
        comesBack(kept, origin);

        restore(new FaultyPorts(kept, 0, Fault.FAILS));
        kept.pass(Duration.ofMinutes(1));

        assertThat(kept.list()).isEqualTo(origin.list());
    }

    private void comesBack(SimulatedNode changed, SimulatedNode origin) throws Exception {
        var calls = restored(changed, origin, 0, Fault.KILLED);
        for (var fault : new Fault[] {Fault.KILLED, Fault.POWER_CUT, Fault.POWER_CUT_TEARING, Fault.FAILS}) {
            for (var call = 1; call <= calls; call += STEP) {
                restored(changed, origin, call, fault);
            }
        }
    }

    private static void change(SimulatedNode simulated, String policy) throws Exception {
        var node = new FaultyPorts(simulated, 0, Fault.KILLED).context();
        var journals = new JournalFile(node.files(), JournalFile.PATH);
        var spec = new AuditNodeSpec("a", 1L, policy, LOG, 3, 60).with(Takeover.REPLACE);
        var turn = new Turn("turn-a", "cp1", "a", 1, simulated.now());
        journals.write(journals.read().begin(OpenTurn.begun(turn, spec, simulated.now(), simulated.ticks())));
        var journal = journals.read();
        TurnRunner.on(node, new StaticPodPlanner(node.paths()), journals, (_, _) -> Optional.empty(), LogCheck.NONE)
                .finish(journal, journal.openTurn().orElseThrow());
        journals.write(journals.read().close());
        simulated.pass(Duration.ofMinutes(1));
    }

    private int restored(SimulatedNode changed, SimulatedNode origin, int call, Fault fault) throws Exception {
        var what = fault + " at " + call;
        var node = new SimulatedNode(changed);
        var ports = new FaultyPorts(node, call, fault);
        try {
            restore(ports);
        } catch (Fault.Killed | IOException | NoSuchElementException ended) {
            node.pass(Duration.ofSeconds(2));
        }
        restore(new FaultyPorts(node, 0, fault));
        node.pass(Duration.ofMinutes(1));
        assertThat(node.files().get(PATHS.configuration()))
                .as(what)
                .isEqualTo(origin.files().get(PATHS.configuration()));
        assertThat(node.files().get(PATHS.policy()))
                .as(what)
                .isEqualTo(origin.files().get(PATHS.policy()));
        assertThat(node.serves()).as(what).isTrue();
        assertThat(new JournalFile(new NodeFiles(node.disk()), JournalFile.PATH)
                        .read()
                        .currentOriginals())
                .as(what)
                .isEmpty();
        return ports.calls();
    }

    private void restore(FaultyPorts ports) throws IOException, InterruptedException {
        var node = ports.context();
        new Restoration(
                        node,
                        new StaticPodPlanner(node.paths()),
                        new JournalFile(node.files(), JournalFile.PATH),
                        new NodeLock(directory.resolve("lock").toString()))
                .run();
    }
}
