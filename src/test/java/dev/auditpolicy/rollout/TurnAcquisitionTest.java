package dev.auditpolicy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.rollout.TurnAcquisition.Announce;
import dev.auditpolicy.rollout.TurnAcquisition.Begin;
import dev.auditpolicy.rollout.TurnAcquisition.CheckNodes;
import dev.auditpolicy.rollout.TurnAcquisition.CheckNodesAgain;
import dev.auditpolicy.rollout.TurnAcquisition.NotForThisNode;
import dev.auditpolicy.rollout.TurnAcquisition.NotNow;
import dev.auditpolicy.rollout.TurnAcquisition.ObservedNode;
import dev.auditpolicy.rollout.TurnAcquisition.ReadTurn;
import dev.auditpolicy.rollout.TurnAcquisition.ReadTurnAgain;
import dev.auditpolicy.rollout.TurnAcquisition.TooOld;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnAcquisitionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Turn TURN = new Turn("t1", "cp1", "new", 1, NOW);

    @Test
    void acquiresTheTurnOfAStableCluster() {
        var around = read(TURN, NOW);
        assertThat(around).isEqualTo(new CheckNodes(TURN));
        var announce = new CheckNodes(TURN).checked(List.of(ready("cp1", null), ready("cp2", null)));
        assertThat(announce).isEqualTo(new Announce(TURN));
        assertThat(new Announce(TURN).announced()).isEqualTo(new ReadTurnAgain(TURN));
        assertThat(new ReadTurnAgain(TURN).read(Optional.of(TURN), NOW)).isEqualTo(new CheckNodesAgain(TURN));
        assertThat(new CheckNodesAgain(TURN).checked(List.of(ready("cp1", "t1"), ready("cp2", null))))
                .isEqualTo(new Begin(TURN));
    }

    @Test
    void ignoresATurnForAnotherNodeOrRevisionAndAUsedOne() {
        assertThat(read(new Turn("t1", "cp2", "new", 1, NOW), NOW)).isEqualTo(new NotForThisNode());
        assertThat(read(new Turn("t1", "cp1", "old", 1, NOW), NOW)).isEqualTo(new NotForThisNode());
        assertThat(new ReadTurn("cp1", "new").read(Optional.of(TURN), "t1"::equals, NOW))
                .isEqualTo(new NotForThisNode());
        assertThat(new ReadTurn("cp1", "new").read(Optional.empty(), _ -> false, NOW))
                .isEqualTo(new NotForThisNode());
    }

    @Test
    void ignoresAnyTurnIfTheSpecHasChangedSinceTheCheck() {
        assertThat(TurnAcquisition.of("cp1", "new", "newer")).isEqualTo(new NotForThisNode());
    }

    @Test
    void ignoresATurnFromAnOldBackup() {
        assertThat(read(TURN, NOW.plusSeconds(600))).isEqualTo(new CheckNodes(TURN));
        assertThat(read(TURN, NOW.plusSeconds(601))).isEqualTo(new TooOld(TURN));
        assertThat(new ReadTurnAgain(TURN).read(Optional.of(TURN), NOW.plusSeconds(601)))
                .isEqualTo(new TooOld(TURN));
    }

    @Test
    void waitsWhileANodeIsNotReadyOrActs() {
        assertThat(new CheckNodes(TURN).checked(List.of(ready("cp1", null), down("cp2"))))
                .isEqualTo(new NotNow());
        assertThat(new CheckNodes(TURN).checked(List.of(down("cp1"), ready("cp2", null))))
                .isEqualTo(new NotNow());
        assertThat(new CheckNodesAgain(TURN).checked(List.of(ready("cp1", "t1"), ready("cp2", "t0"))))
                .isEqualTo(new NotNow());
    }

    @Test
    void doesNotBeginIfItsAnnouncementIsLost() {
        assertThat(new CheckNodesAgain(TURN).checked(List.of(ready("cp1", null), ready("cp2", null))))
                .isEqualTo(new NotNow());
        assertThat(new CheckNodesAgain(TURN).checked(List.of(ready("cp2", null))))
                .isEqualTo(new NotNow());
    }

    @Test
    void doesNotBeginARevokedTurn() {
        assertThat(new ReadTurnAgain(TURN).read(Optional.empty(), NOW)).isEqualTo(new NotForThisNode());
    }

    private static TurnAcquisition read(Turn turn, Instant now) {
        return new ReadTurn("cp1", "new").read(Optional.of(turn), _ -> false, now);
    }

    private static ObservedNode ready(String name, String activeTurnID) {
        return new ObservedNode(name, true, Optional.ofNullable(activeTurnID));
    }

    private static ObservedNode down(String name) {
        return new ObservedNode(name, false, Optional.empty());
    }
}
