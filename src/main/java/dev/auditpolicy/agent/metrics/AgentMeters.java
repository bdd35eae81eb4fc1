package dev.auditpolicy.agent.metrics;

import static dev.auditpolicy.telemetry.Family.byValue;
import static dev.auditpolicy.telemetry.Family.counter;
import static dev.auditpolicy.telemetry.Family.gauge;
import static dev.auditpolicy.telemetry.Family.info;

import dev.auditpolicy.agent.log.LogState;
import dev.auditpolicy.agent.status.GapChange;
import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.telemetry.Family;
import dev.auditpolicy.telemetry.Family.Kind;
import dev.auditpolicy.webhook.status.SinkHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The metrics of the agent. The loop updates them and the metrics endpoint reads them, so every method is synchronized. */
public final class AgentMeters implements StatusListener {

    private final String version;
    private final InstantSource clock;
    private final DowntimeTracker downtime;
    private final EnumCounter<Result> turns = new EnumCounter<>(Result.class);
    private final EnumCounter<PreflightResult> preflights = new EnumCounter<>(PreflightResult.class);
    private Supplier<LogState> log = () -> LogState.UNKNOWN;
    private Supplier<Optional<SinkHealth>> sink = Optional::empty;
    private Optional<AuditNodeStatus> status = Optional.empty();
    private Optional<Duration> lastTurn = Optional.empty();
    private Optional<Instant> lastIteration = Optional.empty();
    private long gaps;
    private Duration gapTime = Duration.ZERO;
    private long iterations;
    private long failedIterations;
    private boolean held;
    private boolean busy;

    /** @param version of this build */
    public AgentMeters(String version, InstantSource clock) {
        this.version = version;
        this.clock = clock;
        this.downtime = new DowntimeTracker();
    }

    public DowntimeTracker downtime() {
        return downtime;
    }

    public synchronized void observeLog(Supplier<LogState> states) {
        log = states;
    }

    public synchronized void observeSink(Supplier<Optional<SinkHealth>> states) {
        sink = states;
    }

    @Override
    public synchronized void read(AuditNode node) {
        status = Optional.ofNullable(node.getStatus());
    }

    /** A turn has ended if the status reports one that it did not report before, whichever agent ended it. */
    @Override
    public synchronized void written(AuditNode node, AuditNodeStatus reported, Optional<AuditNodeStatus> before) {
        status = Optional.of(reported);
        var known = before.map(AuditNodeStatus::lastTurn).map(TurnOutcome::id);
        status.map(AuditNodeStatus::lastTurn)
                .filter(outcome -> known.filter(outcome.id()::equals).isEmpty())
                .ifPresent(outcome -> ended(outcome, before));
        GapChange.between(before, reported).ifPresent(this::count);
    }

    private void count(GapChange change) {
        switch (change) {
            case GapChange.Begun _ -> gaps++;
            case GapChange.Ended ended -> gapTime = gapTime.plus(ended.length());
        }
    }

    private void ended(TurnOutcome outcome, Optional<AuditNodeStatus> before) {
        turns.count(outcome.result());
        lastTurn = before.filter(known -> outcome.id().equals(known.activeTurnID()))
                .flatMap(known -> known.conditions().stream().findFirst())
                .map(acting -> Duration.between(acting.lastTransitionTime(), outcome.endedAt()));
    }

    public synchronized void iterationCompleted() {
        iterations++;
        lastIteration = Optional.of(clock.instant());
    }

    public synchronized void iterationFailed() {
        failedIterations++;
        iterationCompleted();
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

    public synchronized List<Family> families() {
        var families = new ArrayList<>(NodeFamilies.of(status));
        families.addAll(LogFamilies.of(log.get()));
        families.addAll(WebhookFamilies.of(sink.get(), status));
        families.addAll(List.of(
                info(
                        "auditpolicy_agent_build_info",
                        "Always 1. The label contains the version of the agent.",
                        "version",
                        Optional.of(version)),
                gauge("auditpolicy_agent_held", "1 while an administrator holds this node, otherwise 0.", held ? 1 : 0),
                gauge(
                        "auditpolicy_agent_busy",
                        "1 while kubeadm runs on this node, or shortly after a change to the kube-apiserver manifest, otherwise 0.",
                        busy ? 1 : 0),
                gauge(
                        "auditpolicy_agent_kube_apiserver_ready",
                        "1 while the kube-apiserver of this node answers /readyz with status 200, otherwise 0.",
                        downtime.ready().map(ready -> ready ? 1 : 0)),
                gauge(
                        "auditpolicy_agent_kube_apiserver_last_outage_seconds",
                        "Duration of the last kube-apiserver outage in seconds, as sampled by the agent.",
                        downtime.last().map(AgentMeters::seconds)),
                byValue(
                        "auditpolicy_agent_turns_total",
                        Kind.COUNTER,
                        "Turns that ended on this node, by result.",
                        "result",
                        Result.values(),
                        turns::of),
                gauge(
                        "auditpolicy_agent_last_turn_duration_seconds",
                        "Duration of the last turn in seconds, from its acceptance to its outcome.",
                        lastTurn.map(AgentMeters::seconds)),
                byValue(
                        "auditpolicy_agent_preflights_total",
                        Kind.COUNTER,
                        "Pre-flight checks of a new configuration with this node's kube-apiserver binary, by result.",
                        "result",
                        PreflightResult.values(),
                        preflights::of),
                counter(
                        "auditpolicy_agent_audit_gaps_total",
                        "Times in which kube-apiserver ran and did not record what it was last verified to record.",
                        gaps),
                counter(
                        "auditpolicy_agent_audit_gap_seconds_total",
                        "Duration of these times in seconds, counted when one has ended.",
                        gapTime.toSeconds()),
                counter("auditpolicy_agent_rounds_total", "Agent loop iterations.", iterations),
                counter(
                        "auditpolicy_agent_round_failures_total",
                        "Agent loop iterations that failed.",
                        failedIterations),
                gauge(
                        "auditpolicy_agent_last_round_timestamp_seconds",
                        "Time at which the last agent loop iteration ended, in seconds since the Unix epoch.",
                        lastIteration.map(AgentMeters::seconds))));
        return List.copyOf(families);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }
}
