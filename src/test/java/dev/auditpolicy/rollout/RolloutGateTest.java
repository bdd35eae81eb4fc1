package dev.auditpolicy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Approval;
import dev.auditpolicy.api.v1alpha1.LogPrediction;
import dev.auditpolicy.api.v1alpha1.PlannedNode;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.RolloutPlan;
import dev.auditpolicy.rollout.Decision.Reason;
import dev.auditpolicy.rollout.Decision.Wait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutGateTest {

    private static final RestartChoice RESTART = new RestartChoice(RestartChoice.Strategy.IN_PLACE, "");

    private static Rollout rollout(@Nullable Approval approve, @Nullable String approved, @Nullable String maxGrowth) {
        return new Rollout(false, 10, 30, 180, approve, approved, maxGrowth);
    }

    private static RolloutPlan plan(@Nullable LogPrediction log) {
        return new RolloutPlan("new", List.of(), 0, List.of(new PlannedNode("cp1", RESTART, 14, log)));
    }

    private static Optional<Reason> hold(Rollout rollout, @Nullable String committed, RolloutPlan plan) {
        return new RolloutGate(rollout, Optional.ofNullable(committed), Set.of("with-temporary-rules"))
                .hold(plan, List.of("cp1"))
                .map(Wait::reason);
    }

    @Test
    void isOpenByDefault() {
        assertThat(hold(Rollout.defaults(), null, plan(null))).isEmpty();
    }

    @Test
    void waitsForTheRevisionToBeNamed() {
        assertThat(hold(rollout(Approval.MANUAL, "old", null), "old", plan(null)))
                .contains(Reason.AwaitingApproval);
        assertThat(hold(rollout(Approval.MANUAL, "new", null), "old", plan(null)))
                .isEmpty();
    }

    @Test
    void bringsNodesBackToTheCommittedRevision() {
        assertThat(hold(rollout(Approval.MANUAL, null, "1x"), "new", plan(null)))
                .isEmpty();
    }

    @Test
    void letsTemporaryRulesEnd() {
        assertThat(hold(rollout(Approval.MANUAL, null, null), "with-temporary-rules", plan(null)))
                .isEmpty();
        assertThat(hold(rollout(Approval.MANUAL, "with-temporary-rules", null), "old", plan(null)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100, 300, false", "100, 301, true", "0, 1000, false"})
    void holdsALogThatMayGrowMoreThanAllowed(long now, long max, boolean holds) {
        var plan = plan(new LogPrediction(now, 0L, max, null, ""));

        assertThat(hold(rollout(null, null, "3x"), null, plan).isPresent()).isEqualTo(holds);
    }

    @Test
    void holdsALogWhoseGrowthIsUnknown() {
        assertThat(hold(rollout(null, null, "3x"), null, plan(null))).contains(Reason.GrowthAboveLimit);
    }

    /** Its agent may be of a release without plans. */
    @Test
    void holdsANodeWithoutAPlan() {
        var nobody = new RolloutPlan("new", List.of(), 0, List.of());

        assertThat(hold(rollout(null, null, "3x"), null, nobody)).contains(Reason.GrowthAboveLimit);
        assertThat(hold(rollout(null, null, null), null, nobody)).isEmpty();
    }

    @Test
    void saysWhyAndWhatToDo() {
        var plan = plan(new LogPrediction(100L, 200L, 1234L, null, ""));

        assertThat(new RolloutGate(rollout(null, null, "3x"), Optional.empty(), Set.of())
                        .hold(plan, List.of("cp1"))
                        .map(Wait::message)
                        .orElseThrow())
                .startsWith(
                        "the log of node cp1 is predicted to grow at 200 to 1234 bytes per second instead of 100, up to"
                                + " 12.3x, and spec.rollout.maxGrowth is 3x")
                .contains("\"approvedRevision\":\"new\"");
    }
}
