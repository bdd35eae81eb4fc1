package dev.auditpolicy.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemporaryStateTest {

    private static final String NOON = "2026-12-01T12:00:00Z";
    private static final Instant AFTERNOON = Instant.parse("2026-12-01T15:00:00Z");

    private static List<TemporaryRulesStatus> entries(State state) {
        return List.of(new TemporaryRulesStatus(NOON, "flood", state));
    }

    private static List<TemporaryRulesStatus> ended(State previous, boolean isComplete) {
        return new TemporaryState(entries(State.ENDED), Optional.empty(), Set.of())
                .entries(entries(previous), isComplete);
    }

    @Test
    void isOverdueUntilEveryNodeRunsARevisionWithoutThem() {
        assertThat(ended(State.ACTIVE, false)).isEqualTo(entries(State.OVERDUE));
        assertThat(ended(State.OVERDUE, false)).isEqualTo(entries(State.OVERDUE));
        assertThat(ended(State.OVERDUE, true)).isEqualTo(entries(State.ENDED));
    }

    @Test
    void staysEndedInLaterRollouts() {
        assertThat(ended(State.ENDED, false)).isEqualTo(entries(State.ENDED));
    }

    /** An invalid spec changes no node. */
    @Test
    void isOverdueWhileTheSpecIsInvalid() {
        assertThat(TemporaryState.unchanged(entries(State.ACTIVE), AFTERNOON)).isEqualTo(entries(State.OVERDUE));
        assertThat(TemporaryState.unchanged(entries(State.ACTIVE), Instant.EPOCH))
                .isEqualTo(entries(State.ACTIVE));
    }

    @Test
    void saysOnceWhatNodesMayStillApply() {
        var twice = List.of(
                new TemporaryRulesStatus(NOON, "flood", State.OVERDUE),
                new TemporaryRulesStatus(NOON, "flood", State.OVERDUE));

        assertThat(TemporaryState.describe(twice))
                .contains("until the rollout is complete, nodes may apply temporary rules that ended at " + NOON
                        + " (flood)");
        assertThat(TemporaryState.describe(entries(State.ENDED))).isEmpty();
    }
}
