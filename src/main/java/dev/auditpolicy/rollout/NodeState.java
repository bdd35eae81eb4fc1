package dev.auditpolicy.rollout;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of one control-plane node as the controller observes it.
 *
 * @param name name of the Node
 * @param report the last report of its agent; empty before the first
 * @param readiness of its kube-apiserver
 * @param joining the committed revision, for a node that was never verified to run any: the rollout brings it to this
 *     revision first, even if a newer one is desired
 * @param missingAgent what to do about a node from which no agent has reported in the time that its start takes
 * @param isPassedOver whether that has lasted so long, with no sign of a kube-apiserver there, that the other nodes do not wait
 *     for it: it is probably labelled by mistake
 */
public record NodeState(
        String name,
        Optional<Report> report,
        Readiness readiness,
        Optional<String> joining,
        Optional<String> missingAgent,
        boolean isPassedOver) {

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration MAX_BACK_OFF = Duration.ofMinutes(5);

    private static final int MAX_MESSAGE_LENGTH = 512;

    /** A node for which the others wait. */
    public NodeState(
            String name,
            Optional<Report> report,
            Readiness readiness,
            Optional<String> joining,
            Optional<String> missingAgent) {
        this(name, report, readiness, joining, missingAgent, false);
    }

    /** A node whose agent has reported, or still has time to. */
    public NodeState(String name, Optional<Report> report, Readiness readiness, Optional<String> joining) {
        this(name, report, readiness, joining, Optional.empty());
    }

    /** A node that was verified to run some revision, or whose cluster has committed none. */
    public NodeState(String name, Optional<Report> report, Optional<Instant> readySince) {
        this(name, report, readySince, Optional.empty());
    }

    /** A node whose readiness is known without a reason. */
    public NodeState(String name, Optional<Report> report, Optional<Instant> readySince, Optional<String> joining) {
        this(name, report, Readiness.of(readySince), joining);
    }

    /**
     * Whether a node joins: no revision was ever verified there, and its last turn, if any, changed nothing or reached
     * the committed revision, whose proof follows. A node that failed with the committed revision gets the desired
     * one like all others. A deleted AuditNode does not bring its node back to the committed revision, since the agent
     * remembers its last turn.
     *
     * @param committed the last revision that every node was verified to run
     * @param proven whether its kube-apiserver was ever verified to run a revision
     */
    public static boolean joins(String committed, boolean proven, Optional<TurnOutcome> lastTurn) {
        return !proven
                && lastTurn.filter(last -> !changedNothing(last) && !reached(committed, last))
                        .isEmpty();
    }

    private static boolean changedNothing(TurnOutcome last) {
        return last.result() == Result.ABANDONED;
    }

    private static boolean reached(String revision, TurnOutcome last) {
        return last.result() == Result.EFFECTIVE && last.revision().equals(revision);
    }

    /**
     * When to grant the next turn for {@code revision}, after one that changed nothing: the cause, such as a stopped kubelet, may
     * last. At once if the clock of the node is ahead.
     */
    public Optional<Instant> retryAt(String revision, Instant now) {
        return lastTurn()
                .filter(last -> changedNothing(last) && last.revision().equals(revision))
                .filter(last -> !last.endedAt().isAfter(now))
                .map(last -> last.endedAt().plus(backOff(last.attempt())));
    }

    /** 10 s, 20 s, 40 s up to 5 min. */
    private static Duration backOff(int attempt) {
        return attempt > 5 ? MAX_BACK_OFF : FIRST_BACK_OFF.multipliedBy(1L << (Math.max(attempt, 1) - 1));
    }

    /** The revision that the node must run next; {@code desired} is that of the cluster. */
    public String target(String desired) {
        return joining.orElse(desired);
    }

    /**
     * The part of an agent's status that the turn depends on.
     *
     * @param revision the revision that {@code phase} is about
     * @param activeTurnID id of the turn that the agent acts on
     * @param lastTurn the last turn that the agent ended
     * @param unverifiedSince since when the agent reports that the files contain the revision, and that it cannot verify
     *     the live kube-apiserver or its log; empty in all other states
     */
    public record Report(
            Phase phase,
            String revision,
            Optional<String> activeTurnID,
            Optional<TurnOutcome> lastTurn,
            String message,
            Optional<Instant> unverifiedSince) {

        public Report(
                Phase phase,
                String revision,
                Optional<String> activeTurnID,
                Optional<TurnOutcome> lastTurn,
                String message) {
            this(phase, revision, activeTurnID, lastTurn, message, Optional.empty());
        }

        /** A deleted AuditNode states only that a turn is running: it is created anew, and its agent reports again. */
        public boolean isRelevant(boolean isDeleted) {
            return !isDeleted || activeTurnID.isPresent();
        }
    }

    /** Whether the agent reports {@code phase} for {@code revision}. */
    public boolean is(Phase phase, String revision) {
        return report.filter(last -> last.phase() == phase && last.revision().equals(revision))
                .isPresent();
    }

    /** Whether the node is as {@code target} wants it: it runs that revision, or was given back for that request. */
    public boolean isDone(String target) {
        return is(Phase.EFFECTIVE, target) || is(Phase.RESTORED, target);
    }

    /** Whether the node runs {@code revision}, or did at the end of its turn: its files contain it. */
    public boolean isUpdatedTo(String revision) {
        return is(Phase.EFFECTIVE, revision)
                || lastTurn().filter(last -> reached(revision, last)).isPresent();
    }

    /** Whether its kube-apiserver has been ready for {@code minReadySeconds}. */
    boolean isSettled(Rollout rollout, Instant now) {
        return readiness.isReadySince(now.minusSeconds(rollout.minReadySeconds()));
    }

    Optional<String> activeTurnID() {
        return report.flatMap(Report::activeTurnID);
    }

    Optional<TurnOutcome> lastTurn() {
        return report.flatMap(Report::lastTurn);
    }

    /** Whether its kube-apiserver could not be verified in the time in which it must be after a turn. */
    boolean isUnverified(String revision, Rollout rollout, Instant now) {
        return is(Phase.PENDING, revision)
                && report.flatMap(Report::unverifiedSince)
                        .filter(since -> since.plusSeconds(rollout.verifyTimeoutSeconds())
                                .isBefore(now))
                        .isPresent();
    }

    /** What the agent reports. The AuditNode has the whole text, which may list each difference of the node. */
    String message() {
        var text = report.map(Report::message).orElse("");
        return text.length() <= MAX_MESSAGE_LENGTH
                ? text
                : text.substring(0, MAX_MESSAGE_LENGTH) + "… (the rest: kubectl describe auditnode " + name + ")";
    }
}
