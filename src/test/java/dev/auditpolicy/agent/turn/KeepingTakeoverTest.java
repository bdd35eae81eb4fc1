package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.plan.StaticPodPlanner;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The turn of a node that means the same already. */
class KeepingTakeoverTest {

    private static final NodePaths PATHS = NodePaths.kubeadm();
    private static final AuditNodeSpec SPEC =
            new AuditNodeSpec("a", 1L, NodeLayout.MEANT, NodeLayout.LOG_MEANT, 3, 60).with(Takeover.REPLACE);

    private SimulatedNode node;
    private FileImage manifest;

    @BeforeEach
    void aNodeThatIsAuditedByHand() throws IOException {
        node = NodeLayout.SAME_MEANING.node();
        manifest = node.files().get(PATHS.configuration());
    }

    @Test
    void saysThatNothingHasRestarted() throws Exception {
        var outcome = run(LogCheck.NONE).lastTurn().orElseThrow();

        assertThat(outcome.result()).isEqualTo(Result.EFFECTIVE);
        assertThat(outcome.restart()).isNull();
        assertThat(outcome.message()).contains("no file was changed, and kube-apiserver did not restart");
    }

    @Test
    void replacesWhatDoesNotRecord() throws Exception {
        var isReplaced = new boolean[1];
        var journal = run((_, _) -> {
            isReplaced[0] = !node.files().get(PATHS.configuration()).equals(manifest);
            return Optional.of("no event").filter(_ -> !isReplaced[0]);
        });

        assertThat(isReplaced[0]).isTrue();
        assertThat(journal.keptOriginals()).isEmpty();
        assertThat(journal.lastProven()).contains(SPEC);
        assertThat(journal.currentOriginals().orElseThrow().manifest()).isEqualTo(manifest);
    }

    @Test
    void ownsNothingOfANodeThatChangesMeanwhile() throws Exception {
        var journal = run((_, _) -> {
            deletePolicy();
            return Optional.empty();
        });

        assertThat(journal.lastTurn().map(TurnOutcome::result)).contains(Result.ABANDONED);
        assertThat(journal.lastProven()).isEmpty();
        assertThat(journal.currentOriginals()).isEmpty();
        assertThat(node.files()).containsEntry(PATHS.configuration(), manifest).doesNotContainKey(PATHS.policy());
    }

    private void deletePolicy() {
        try {
            node.disk().delete(PATHS.policy());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Journal run(LogCheck check) throws Exception {
        var context = new FaultyPorts(node, 0, Fault.FAILS).context();
        var journals = new JournalFile(context.files(), JournalFile.PATH);
        var turn = new Turn("turn-a", "cp1", "a", 1, node.now());
        journals.write(journals.read().begin(OpenTurn.begun(turn, SPEC, node.now(), node.ticks())));
        var journal = journals.read();
        TurnRunner.on(context, new StaticPodPlanner(context.paths()), journals, (_, _) -> Optional.empty(), check)
                .finish(journal, journal.openTurn().orElseThrow());
        journals.write(journals.read().close());
        return journals.read();
    }
}
