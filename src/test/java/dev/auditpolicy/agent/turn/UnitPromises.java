package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.OriginalPaths;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.DropInText;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * What must hold of a host at the end of a turn, whatever has happened in it.
 *
 * @param origin the host before the turn
 */
record UnitPromises(String what, UnitStory story, SimulatedUnitHost origin, SimulatedUnitHost host) {

    private static final NodePaths PATHS = NodePaths.ofUnit(LoadedUnit.NAME);
    private static final Set<String> OURS =
            Set.of(PATHS.configuration(), PATHS.policy(), JournalFile.PATH, OriginalPaths.POLICY);

    /** @param strictly whether the turn ends as its story says; else it ends with the old or with the new policy */
    void assertKept(boolean strictly) throws IOException {
        assertThat(host.serves()).as(what).isTrue();
        assertThat(AgentLife.journal(host.disk()).openTurn()).as(what).isEmpty();
        assertNothingElseIsChanged();
        assertThat(host.systemd().restartsOfOldUnit())
                .as(what)
                .isEqualTo(origin.systemd().restartsOfOldUnit());
        var result = AgentLife.journal(host.disk()).lastTurn().orElseThrow().result();
        if (strictly) {
            assertThat(result).as(what).isEqualTo(story.result());
        }
        if (result == Result.EFFECTIVE) {
            assertIsNew();
        } else {
            assertIsOld(result);
        }
    }

    /** The unit, its drop-ins and its variables are their owner's: nobody has even written the same again. */
    private void assertNothingElseIsChanged() {
        var allowed = new HashSet<>(origin.disk().files().keySet());
        allowed.addAll(OURS);
        assertThat(host.disk().files().keySet()).as(what).isSubsetOf(allowed);
        for (var path : origin.disk().files().keySet()) {
            if (!OURS.contains(path)) {
                assertThat(host.disk().read(path))
                        .as(what)
                        .isEqualTo(origin.disk().read(path));
                assertThat(host.disk().touchedAt(path))
                        .as(what)
                        .isEqualTo(origin.disk().touchedAt(path));
            }
        }
    }

    private void assertIsNew() throws IOException {
        var loaded = host.systemd().loaded();
        assertThat(loaded.isThatOf(host.disk())).as(what).isTrue();
        assertThat(host.systemd().service().map(SimulatedService::argv))
                .as(what)
                .contains(loaded.argv(host.disk()));
        if (story.desired().restores()) {
            assertIsGivenBack();
            return;
        }
        var flags = AuditFlags.of(story.desired().log());
        var dropIn = DropIn.read(
                host.disk().read(PATHS.configuration()).orElseThrow().text());
        assertThat(dropIn).as(what).isInstanceOfSatisfying(DropInText.Written.class, written -> assertThat(
                        written.dropIn().flags())
                .as(what)
                .isEqualTo(flags));
        assertThat(host.disk().read(PATHS.policy()))
                .as(what)
                .contains(FileImage.rootOnly(story.desired().policy()));
        var live = host.systemd().service().orElseThrow();
        assertThat(live.policy()).as(what).contains(story.desired().policy());
        assertThat(live.process().flags().audit()).as(what).containsAllEntriesOf(flags);
    }

    /** Not even the original of what was replaced is left, and the process is as if this operator had never been there. */
    private void assertIsGivenBack() throws IOException {
        var first = story.layout().host();
        var files = new HashSet<>(first.disk().files().keySet());
        files.add(JournalFile.PATH);
        assertThat(host.disk().files().keySet()).as(what).isEqualTo(files);
        assertThat(host.disk().read(PATHS.policy()))
                .as(what)
                .isEqualTo(first.disk().read(PATHS.policy()));
        assertRuns(first);
        var journal = AgentLife.journal(host.disk());
        assertThat(journal.lastProven()).as(what).isEmpty();
        assertThat(journal.currentOriginals()).as(what).isEmpty();
    }

    private void assertIsOld(Result result) throws IOException {
        assertThat(host.disk().read(PATHS.configuration()))
                .as(what)
                .isEqualTo(origin.disk().read(PATHS.configuration()));
        if (result != Result.FAILED || origin.disk().read(PATHS.policy()).isPresent()) {
            assertThat(host.disk().read(PATHS.policy()))
                    .as(what)
                    .isEqualTo(origin.disk().read(PATHS.policy()));
        }
        assertThat(host.systemd().loaded().commands())
                .as(what)
                .isIn(
                        LoadedUnit.of(host.disk(), host.clock().wall()).commands(),
                        origin.systemd().loaded().commands());
        if (result == Result.ROLLED_BACK) {
            assertRuns(origin);
        }
        assertThat(AgentLife.journal(host.disk()).lastProven())
                .as(what)
                .isEqualTo(AgentLife.journal(origin.disk()).lastProven());
    }

    private void assertRuns(SimulatedUnitHost other) {
        var live = host.systemd().service().orElseThrow();
        var expected = other.systemd().service().orElseThrow();
        assertThat(live.policy()).as(what).isEqualTo(expected.policy());
        assertThat(live.process().flags().audit())
                .as(what)
                .isEqualTo(expected.process().flags().audit());
    }
}
