package dev.auditpolicy.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.agent.evaluate.EvaluatedNode;
import dev.auditpolicy.agent.evaluate.NodeEvaluation;
import dev.auditpolicy.api.v1alpha1.Drift;
import dev.auditpolicy.api.v1alpha1.Drift.Cause;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each change is noticed 8 minutes after the turn that reverted the one before, and reverted a minute later. */
class DriftReportTest {

    private static final boolean REGENERATED = true;
    private static final boolean EDITED = false;

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private TurnOutcome lastTurn = turn(1);
    private Optional<Drift> drift = Optional.empty();

    @Test
    void isDeliberateAfterTheSecondEdit() {
        change(EDITED);
        assertThat(drift)
                .hasValueSatisfying(first -> assertThat(first.looksDeliberate()).isFalse());
        revert();
        change(EDITED);

        assertThat(drift).hasValueSatisfying(second -> assertThat(second.looksDeliberate())
                .isTrue());
    }

    /** kubeadm's rewrite is nobody's decision against the policy. */
    @Test
    void isNotDeliberateWhenTheFirstChangeWasKubeadms() {
        change(REGENERATED);
        assertThat(drift).hasValueSatisfying(first -> assertThat(first.cause()).isEqualTo(Cause.REGENERATED));
        revert();
        change(EDITED);

        assertThat(drift).hasValueSatisfying(second -> assertThat(second.looksDeliberate())
                .isFalse());
    }

    /** Log rotation by another program, or an administrator who frees space: no decision against the policy. */
    @Test
    void isNotDeliberateWhenTheLogIsDeletedAfterAnEdit() {
        change(EDITED);
        revert();
        now = now.plus(Duration.ofMinutes(8));
        observeLostLog();

        assertThat(drift).hasValueSatisfying(second -> {
            assertThat(second.cause()).isEqualTo(Cause.LOG_LOST);
            assertThat(second.looksDeliberate()).isFalse();
        });
    }

    /** Whatever rewrites the manifest each time must not make kube-apiserver restart for ever. */
    @Test
    void isDeliberateAfterTheFourthRewrite() {
        for (var rewrite = 0; rewrite < 3; rewrite++) {
            change(REGENERATED);
            revert();
        }
        assertThat(drift)
                .hasValueSatisfying(third -> assertThat(third.looksDeliberate()).isFalse());
        change(REGENERATED);

        assertThat(drift).hasValueSatisfying(fourth -> assertThat(fourth.looksDeliberate())
                .isTrue());
    }

    @Test
    void isCountedAnewAfterTenMinutes() {
        change(EDITED);
        revert();
        now = now.plus(Duration.ofMinutes(3));
        change(EDITED);

        assertThat(drift).hasValueSatisfying(late -> assertThat(late.edits()).isEqualTo(1));
    }

    @Test
    void isOneChangeHoweverOftenItIsSeen() {
        change(EDITED);
        var first = drift;
        now = now.plusSeconds(10);
        observe(EDITED);

        assertThat(drift).isEqualTo(first);
    }

    @Test
    void isNoneBeforeATurnHasReachedTheRevision() {
        lastTurn = new TurnOutcome("t0", "older", 1, Result.EFFECTIVE, now, "", null);
        change(EDITED);

        assertThat(drift).isEmpty();
    }

    @Test
    void countsARewriteThatWasAnsweredAtOnce() {
        now = now.plus(Duration.ofMinutes(8));
        observeReapplied(now);
        observeReapplied(now);

        assertThat(drift).contains(new Drift(Cause.REGENERATED, now, 0, 1));
    }

    @Test
    void countsAnEditAfterARewriteThatWasAnsweredAtOnce() {
        var reappliedAt = now.plus(Duration.ofMinutes(8));
        now = reappliedAt;
        observeReapplied(reappliedAt);
        now = now.plus(Duration.ofMinutes(1));
        observe(EDITED, Optional.of(reappliedAt));
        observe(EDITED, Optional.of(reappliedAt));

        assertThat(drift).contains(new Drift(Cause.EDITED, now, 1, 2));
    }

    /** The answer is part of the manifest that the turn found. */
    @Test
    void forgetsAnAnswerBeforeTheLastTurn() {
        observeReapplied(now.minusSeconds(60));

        assertThat(drift).isEmpty();
    }

    private void observeReapplied(Instant at) {
        var evaluated = new EvaluatedNode(
                new NodeEvaluation.InSync(), new AuditState.Unmanaged(), false, Optional.of(at.plusMillis(7)));
        drift = new DriftReport(drift, Optional.of(lastTurn), now).after("a", evaluated);
    }

    private void change(boolean regenerated) {
        now = now.plus(Duration.ofMinutes(8));
        observe(regenerated);
    }

    private void observe(boolean regenerated) {
        observe(regenerated, Optional.empty());
    }

    private void observe(boolean regenerated, Optional<Instant> reappliedAt) {
        var evaluated = new EvaluatedNode(
                new NodeEvaluation.OutOfSync(List.of("no --audit-policy-file")),
                new AuditState.Unmanaged(),
                regenerated,
                reappliedAt);
        drift = new DriftReport(drift, Optional.of(lastTurn), now).after("a", evaluated);
    }

    private void observeLostLog() {
        var reasons = List.of("the log was deleted");
        var evaluated = new EvaluatedNode(
                new NodeEvaluation.OutOfSync(reasons),
                new AuditState.Lost("a", AuditState.Lost.Cause.LogLost, reasons),
                EDITED);
        drift = new DriftReport(drift, Optional.of(lastTurn), now).after("a", evaluated);
    }

    private void revert() {
        now = now.plus(Duration.ofMinutes(1));
        lastTurn = turn(lastTurn.attempt() + 1);
    }

    private TurnOutcome turn(int attempt) {
        return new TurnOutcome("t" + attempt, "a", attempt, Result.EFFECTIVE, now, "", null);
    }
}
