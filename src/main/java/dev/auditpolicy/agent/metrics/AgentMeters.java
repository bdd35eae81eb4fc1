package dev.auditpolicy.agent.metrics;

import static dev.auditpolicy.telemetry.Family.byValue;
import static dev.auditpolicy.telemetry.Family.counter;
import static dev.auditpolicy.telemetry.Family.gauge;
import static dev.auditpolicy.telemetry.Family.info;
import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.log.LogState;
import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.telemetry.Family;
import dev.auditpolicy.telemetry.Family.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the agent tells as metrics. Written by the agent's loop, read by whoever asks, so every method is synchronized. */
public final class AgentMeters implements StatusListener {

    private final String version;
    private final InstantSource clock;
    private final DowntimeTracker outages;
    private final EnumCounter<Result> turns = new EnumCounter<>(Result.class);
    private final EnumCounter<PreflightResult> preflights = new EnumCounter<>(PreflightResult.class);
    private Supplier<LogState> log = () -> LogState.UNKNOWN;
    private Optional<AuditNodeStatus> status = Optional.empty();
    private Optional<Duration> lastTurn = Optional.empty();
    private Optional<Instant> lastRound = Optional.empty();
    private long rounds;
    private long failedRounds;
    private boolean held;
    private boolean busy;

    /** @param version of this build */
    public AgentMeters(String version, InstantSource clock) {
        this.version = requireNonNull(version, "version is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.outages = new DowntimeTracker(clock);
    }

    public DowntimeTracker outages() {
        return outages;
    }

    public synchronized void follow(Supplier<LogState> states) {
        log = states;
    }

    @Override
    public synchronized void read(AuditNode node) {
        status = Optional.ofNullable(node.getStatus());
    }

    /** A turn has ended when the status tells of one that it did not tell of before, whichever agent ended it. */
    @Override
    public synchronized void written(AuditNode node, Optional<AuditNodeStatus> before) {
        status = Optional.of(node.getStatus());
        var known = before.map(AuditNodeStatus::lastTurn).map(TurnOutcome::id);
        status.map(AuditNodeStatus::lastTurn)
                .filter(outcome -> known.filter(outcome.id()::equals).isEmpty())
                .ifPresent(outcome -> ended(outcome, before));
    }

    private void ended(TurnOutcome outcome, Optional<AuditNodeStatus> before) {
        turns.count(outcome.result());
        lastTurn = before.filter(known -> outcome.id().equals(known.activeTurnID()))
                .flatMap(known -> known.conditions().stream().findFirst())
                .map(acting -> Duration.between(acting.lastTransitionTime(), outcome.endedAt()));
    }

    public synchronized void roundEnded() {
        rounds++;
        lastRound = Optional.of(clock.instant());
    }

    public synchronized void roundFailed() {
        failedRounds++;
        roundEnded();
    }

    public synchronized void held(boolean isHeld) {
        held = isHeld;
    }

    public synchronized void busy(boolean isBusy) {
        busy = isBusy;
    }

    synchronized void preflight(PreflightResult result) {
        preflights.count(result);
    }

    /** All that there is to tell now. */
    public synchronized List<Family> families() {
        var families = new ArrayList<>(NodeFamilies.of(status));
        families.addAll(LogFamilies.of(log.get()));
        families.addAll(List.of(
                info("auditpolicy_agent_build_info", "Always 1.", "version", Optional.of(version)),
                gauge("auditpolicy_agent_held", "1 while a human holds this node.", held ? 1 : 0),
                gauge("auditpolicy_agent_busy", "1 while somebody else is changing this node.", busy ? 1 : 0),
                gauge(
                        "auditpolicy_agent_kube_apiserver_ready",
                        "1 while this node's kube-apiserver answers /readyz with 200.",
                        outages.ready().map(ready -> ready ? 1 : 0)),
                gauge(
                        "auditpolicy_agent_kube_apiserver_last_outage_seconds",
                        "How long it did not the last time, as the agent saw it: every 0.5 s in a turn.",
                        outages.last().map(AgentMeters::seconds)),
                byValue(
                        "auditpolicy_agent_turns_total",
                        Kind.COUNTER,
                        "Turns that ended on this node, by result.",
                        "result",
                        Result.values(),
                        turns::of),
                gauge(
                        "auditpolicy_agent_last_turn_duration_seconds",
                        "How long the last turn took, from its acceptance to its outcome.",
                        lastTurn.map(AgentMeters::seconds)),
                byValue(
                        "auditpolicy_agent_preflights_total",
                        Kind.COUNTER,
                        "Questions to this node's own kube-apiserver program whether it would start, by answer.",
                        "result",
                        PreflightResult.values(),
                        preflights::of),
                counter("auditpolicy_agent_rounds_total", "Rounds of the agent's loop.", rounds),
                counter("auditpolicy_agent_round_failures_total", "Those that ended with an error.", failedRounds),
                gauge(
                        "auditpolicy_agent_last_round_timestamp_seconds",
                        "When the last one ended.",
                        lastRound.map(AgentMeters::seconds))));
        return List.copyOf(families);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }
}
