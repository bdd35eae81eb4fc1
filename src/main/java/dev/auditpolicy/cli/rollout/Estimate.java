package dev.auditpolicy.cli.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the rest of a rollout takes, in seconds.
 *
 * @param least where only the policy changes
 * @param most where flags or mounts change
 */
record Estimate(long least, long most) {

    /** A turn beyond the drain, as measured on three nodes with two processors (docs/benchmarks.md). */
    private static final int POLICY_SECONDS = 9;

    private static final int SETTINGS_SECONDS = 18;

    /** The estimate for a rollout that goes on by itself. */
    static Optional<Estimate> of(PolicyView policy, Instant now) {
        var turns = policy.total() - policy.effective();
        if (!policy.isMoving() || turns <= 0) {
            return Optional.empty();
        }
        var passed = policy.turnIssuedAt()
                .map(issued -> Math.max(0, Duration.between(issued, now).toSeconds()))
                .orElse(0L);
        return Optional.of(new Estimate(
                seconds(policy, turns, POLICY_SECONDS, passed), seconds(policy, turns, SETTINGS_SECONDS, passed)));
    }

    /** The time that has passed counts for the present turn alone: a turn that is overdue shortens no other. */
    private static long seconds(PolicyView policy, int turns, int turnSeconds, long passed) {
        long turn = (long) policy.drainSeconds() + turnSeconds;
        return Math.max(0, turn - passed) + (turns - 1) * (turn + policy.minReadySeconds());
    }

    @Override
    public String toString() {
        return most == 0 ? "longer than such turns take" : "about " + least + " to " + most + " s left";
    }
}
