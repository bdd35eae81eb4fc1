package dev.auditpolicy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFormat;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.RollbackReason.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final LogBackend LOG =
            new LogBackend("/var/log/a/b", 30, 10, 100, true, LogFormat.JSON, Mode.BLOCKING_STRICT, null, null);
    private static final OpenTurn OPEN = OpenTurn.begun(
            new Turn("t1", "cp1", "r1", 1, Instant.parse("2026-01-01T00:00:00Z")),
            new AuditNodeSpec("r1", 3L, "kind: \"Policy\"\n", LOG, 10, 180),
            Instant.parse("2026-01-01T00:00:01Z"),
            new BootTime("boot-1", 5));

    private static final Originals ORIGINALS =
            new Originals(FileImage.rootOnly("theirs"), List.of(1, 2), FileImage.rootOnly("policy"));

    private static final TurnOutcome EFFECTIVE =
            new TurnOutcome("t1", "r1", 1, Result.EFFECTIVE, Instant.EPOCH, "", null);

    @TempDir
    Path directory;

    @Test
    void isEmptyBeforeTheFirstWrite() throws IOException {
        assertThat(file().read()).isEqualTo(Journal.empty());
    }

    @Test
    void readsBackWhatAnEarlierProcessWrote() throws IOException {
        var journal = Journal.empty().begin(OPEN);
        file().write(journal);

        assertThat(file().read()).isEqualTo(journal);
    }

    @Test
    void hasTheTextOfThePolicyThatATakeoverHasKept() throws IOException {
        file().write(Journal.empty().begin(OPEN.takingOver(ORIGINALS.keeping())).ended(EFFECTIVE));

        assertThat(file().read().lastProven()).contains(OPEN.spec().withPolicy("policy"));
        assertThat(file().read().keptOriginals()).contains(ORIGINALS.keeping());
    }

    @Test
    void ownsNothingThatATakeoverIsAboutToKeep() {
        var journal = Journal.empty().begin(OPEN.takingOver(ORIGINALS.keeping()));

        assertThat(journal.keptOriginals()).isEmpty();
        assertThat(journal.lastProven()).isEmpty();
    }

    /** The next turn that ends as effective has replaced it, also if it takes nothing over, as after an upgrade by kubeadm. */
    @Test
    void keepsNothingAnyMoreAfterTheNextTurn() {
        var kept = Journal.empty()
                .begin(OPEN.takingOver(ORIGINALS.keeping()))
                .ended(EFFECTIVE)
                .close();

        var replaced = kept.begin(OPEN).ended(EFFECTIVE);

        assertThat(replaced.keptOriginals()).isEmpty();
        assertThat(replaced.currentOriginals()).contains(ORIGINALS);
        assertThat(replaced.lastProven()).contains(OPEN.spec());
    }

    @Test
    void remembersAUsedTurnAfterItIsClosed() throws IOException {
        file().write(Journal.empty().begin(OPEN).close());

        assertThat(file().read().hasUsed("t1")).isTrue();
        assertThat(file().read().openTurn()).isEmpty();
    }

    /** {@code way} and {@code undoReason} are former names. A turn of such a release can be open when the new one starts. */
    @Test
    void readsFieldsByTheirFormerNames() throws IOException {
        Files.writeString(directory.resolve("journal.json"), """
                {"version":1,"usedTurns":["t1"],"open":{
                  "turn":{"id":"t1","node":"cp1","revision":"r1","attempt":1,"issuedAt":"2026-01-01T00:00:00Z"},
                  "spec":{"revision":"r1","policyGeneration":3,"policy":"kind: Policy","log":{"path":"/var/log/a/b"},
                    "drainSeconds":10,"verifyTimeoutSeconds":180},
                  "beganAt":"2026-01-01T00:00:01Z",
                  "restart":{"way":"InPlace","reason":"only the policy changes"},
                  "undoReason":"kube-apiserver ended after its start"}}
                """);

        var open = file().read().openTurn().orElseThrow();

        assertThat(open.restart().strategy()).isEqualTo(RestartChoice.Strategy.IN_PLACE);
        assertThat(open.rollback().orElseThrow().message()).isEqualTo("kube-apiserver ended after its start");
    }

    @Test
    void readsBackTheCauseOfARollback() throws IOException {
        var reason = new RollbackReason(Cause.OTHER, "the policy directory is read-only");
        file().write(Journal.empty().begin(OPEN.rollingBack(reason)));

        assertThat(file().read().openTurn().orElseThrow().rollback()).contains(reason);
        assertThat(Files.readString(directory.resolve("journal.json"))).contains("\"rollbackCause\":\"Other\"");
    }

    /** Whatever the text says: older releases recorded it alone. */
    @Test
    void restoresThePolicyFirstWhereAnOlderReleaseRecordedNoCause() throws IOException {
        var reason = new RollbackReason(Cause.OTHER, "kube-apiserver ended after its start: invalid maxage");
        file().write(Journal.empty().begin(OPEN.rollingBack(reason)));
        var journal = directory.resolve("journal.json");
        Files.writeString(journal, Files.readString(journal).replace(",\"rollbackCause\":\"Other\"", ""));

        assertThat(file().read().openTurn().orElseThrow().rollback())
                .contains(new RollbackReason(Cause.POLICY_ERROR, reason.message()));
    }

    @Test
    void isNotRollingBackWhileTheChangeIsApplied() throws IOException {
        file().write(Journal.empty().begin(OPEN));

        assertThat(file().read().openTurn().orElseThrow().rollback()).isEmpty();
    }

    /** As a release wrote it that could not take over. */
    @Test
    void hasNoOriginalsInAnOlderJournal() throws IOException {
        Files.writeString(directory.resolve("journal.json"), "{\"version\":1,\"usedTurns\":[\"t1\"]}");

        assertThat(file().read().currentOriginals()).isEmpty();
    }

    @Test
    void keepsTheOriginalsOfATurnThatSucceeds() throws IOException {
        file().write(Journal.empty()
                .begin(OPEN.takingOver(ORIGINALS))
                .ended(outcome(Result.EFFECTIVE))
                .close());

        assertThat(file().read().currentOriginals()).contains(ORIGINALS);
    }

    @Test
    void hasNoOriginalsOfATurnThatIsRolledBack() throws IOException {
        var open = Journal.empty().begin(OPEN.takingOver(ORIGINALS));
        assertThat(open.currentOriginals()).contains(ORIGINALS);

        file().write(open.ended(outcome(Result.ROLLED_BACK)).close());

        assertThat(file().read().currentOriginals()).isEmpty();
    }

    @Test
    void keepsItsOriginalsOverATurnThatTakesNothingOver() throws IOException {
        var takenOver = Journal.empty()
                .begin(OPEN.takingOver(ORIGINALS))
                .ended(outcome(Result.EFFECTIVE))
                .close();

        file().write(takenOver.begin(OPEN).ended(outcome(Result.EFFECTIVE)).close());

        assertThat(file().read().currentOriginals()).contains(ORIGINALS);
    }

    private static TurnOutcome outcome(Result result) {
        return new TurnOutcome("t1", "r1", 1, result, Instant.parse("2026-01-01T00:00:02Z"), "", null);
    }

    @Test
    void rejectsAJournalOfAnotherVersion() throws IOException {
        Files.writeString(directory.resolve("journal.json"), "{\"version\":2}");

        assertThatThrownBy(() -> file().read()).hasMessageContaining("journal version 2");
    }

    private JournalFile file() {
        return new JournalFile(
                new NodeFiles(new LinuxDisk()),
                directory.resolve("journal.json").toString());
    }
}
