package dev.auditpolicy.agent.turn;

import static dev.auditpolicy.agent.turn.KubeadmNode.PROVEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.reapply.Reapplier;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.AuditFlags;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kubeadm rewrites the manifest, and the agent is killed, or a call fails, at every call of its answer. The next agent knows
 * nothing but what is on the disk.
 */
class ReapplierFaultsTest {

    private KubeadmNode origin;
    private int calls;

    @BeforeEach
    void countCalls() throws Exception {
        origin = KubeadmNode.proven();
        var node = origin.copy();
        node.upgrade();
        var ports = new FaultyPorts(node.node(), 0, Fault.FAILS);
        answer(ports);
        calls = ports.calls();
        assertUpgradedOnce("no fault", node);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"KILLED", "FAILS", "THROWS"})
    void restartsOnceWithOurParts(Fault fault) throws Exception {
        for (var call = 1; call <= calls; call++) {
            var node = origin.copy();
            node.upgrade();
            faulty(node, call, fault);
            answer(new FaultyPorts(node.node(), 0, fault));
            assertUpgradedOnce(fault + " at " + call, node);
        }
    }

    /** kubeadm is gone then, and the rewrite waits for a turn. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"POWER_CUT", "POWER_CUT_TEARING"})
    void leavesAWholeManifestWhenThePowerIsCut(Fault fault) throws Exception {
        for (var call = 1; call <= calls; call++) {
            var node = origin.copy();
            node.upgrade();
            node.node().disk().synchronizeFile(KubeadmNode.PATHS.configuration());
            faulty(node, call, fault);
            answer(new FaultyPorts(node.node(), 0, fault));
            node.node().pass(Duration.ofMinutes(2));

            var what = fault + " at " + call;
            assertThat(node.manifest().equals(node.before())
                            || node.manifest().equals(node.upgraded())
                            || isAnswer(node))
                    .as(what)
                    .isTrue();
            assertThat(node.node().serves()).as(what).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONFIG_DISK_FULL", "CONFIG_DISK_READ_ONLY", "ROOT_DISK_FULL", "STATE_DISK_READ_ONLY"})
    void servesOnADiskThatCannotBeWritten(Fault fault) throws Exception {
        for (var call = 1; call <= calls; call++) {
            var node = origin.copy();
            node.upgrade();
            faulty(node, call, fault);
            node.node().pass(Duration.ofMinutes(2));

            var what = fault + " at " + call;
            assertThat(isAnswer(node)
                            || (fault != Fault.STATE_DISK_READ_ONLY
                                    && node.manifest().equals(node.upgraded())))
                    .as(what)
                    .isTrue();
            assertThat(node.node().serves()).as(what).isTrue();
        }
    }

    /**
     * What kubeadm moves back has our parts. Only what it does between the last look at the file and the rename, microseconds
     * after its own write, is overwritten.
     */
    @Test
    void leavesKubeadmsWayBackAlone() throws Exception {
        var overwritten = 0;
        for (var call = 1; call <= calls; call++) {
            var node = origin.copy();
            node.upgrade();
            answer(new FaultyPorts(node.node(), call, () -> node.rename(node.before())));
            if (!node.manifest().equals(node.before())) {
                overwritten++;
                assertThat(isAnswer(node)).as("rolled back at " + call).isTrue();
            }
        }
        assertThat(overwritten).isLessThanOrEqualTo(1);
    }

    @Test
    void answersARewriteDuringTheAnswer() throws Exception {
        var again = origin.upgraded()
                .withText(origin.upgraded().text().replace("--secure-port=6443", "--secure-port=6444"));
        for (var call = 1; call <= calls; call++) {
            var node = new KubeadmNode(new SimulatedNode(origin.node()), origin.before(), again);
            node.node().startKubeadm(1);
            node.rename(origin.upgraded());
            answer(new FaultyPorts(node.node(), call, () -> node.rename(again)));
            answer(new FaultyPorts(node.node(), 0, Fault.FAILS));
            node.node().pass(Duration.ofMinutes(2));

            var flags = node.node().running().getFirst().flags().audit();
            assertThat(flags).as("rewritten at " + call).isEqualTo(AuditFlags.of(PROVEN.log()));
        }
    }

    /** {@code kubeadm init phase} writes the file in place: what is there at first has no end. */
    @Test
    void waitsForTheRestOfTheFile() throws Exception {
        for (var length : List.of(0, 200, 2000, 3900)) {
            for (var call = 1; call <= calls; call++) {
                var node = origin.copy();
                node.node().startKubeadm(1);
                node.rename(node.upgraded().withText(node.upgraded().text().substring(0, length)));
                answer(new FaultyPorts(node.node(), call, () -> node.rename(node.upgraded())));
                if (!isAnswer(node)) {
                    node.rename(node.upgraded());
                }
                answer(new FaultyPorts(node.node(), 0, Fault.FAILS));

                assertThat(isAnswer(node))
                        .as("first " + length + " until " + call)
                        .isTrue();
            }
        }
    }

    private static void faulty(KubeadmNode node, int call, Fault fault) throws InterruptedException {
        try {
            reapplier(new FaultyPorts(node.node(), call, fault)).step();
        } catch (Fault.Killed | IOException | NoSuchElementException ended) {
            node.node().pass(Duration.ofSeconds(2));
        }
    }

    /** By an agent that has just started. */
    private static void answer(FaultyPorts ports) throws InterruptedException {
        try {
            reapplier(ports).step();
        } catch (IOException repeated) {
            return;
        }
    }

    private static Reapplier reapplier(FaultyPorts ports) {
        var context = ports.context();
        return new Reapplier(context, new JournalFile(context.files(), JournalFile.PATH));
    }

    private static boolean isAnswer(KubeadmNode node) {
        return new ManifestPlanner().planRemoval(node.manifest().text()) instanceof Plan.Patched removed
                && removed.text().equals(node.upgraded().text());
    }

    private void assertUpgradedOnce(String what, KubeadmNode node) {
        node.node().pass(Duration.ofMinutes(2));
        assertThat(isAnswer(node)).as(what).isTrue();
        assertThat(node.starts()).as(what).isEqualTo(origin.starts() + 1);
        assertThat(node.node().running().getFirst().flags().audit()).as(what).isEqualTo(AuditFlags.of(PROVEN.log()));
        assertThat(node.node().serves()).as(what).isTrue();
        assertThat(node.node().files().keySet()).as(what).noneMatch(path -> path.contains("/."));
    }
}
