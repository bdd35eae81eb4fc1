package dev.auditpolicy.agent.status;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.agent.evaluate.EvaluatedNode;
import dev.auditpolicy.agent.plan.Differences;
import dev.auditpolicy.api.v1alpha1.AuditGap;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.Drift;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.api.v1alpha1.Message;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.api.v1alpha1.RunningRevision;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.rollout.SyncState;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds the status of the agent's AuditNode. */
public final class StatusReport {

    private static final String RESTARTING = "restarting kube-apiserver";
    private static final String NOTHING_DESIRED =
            "there is no valid AuditPolicy: this operator only observes the node and changes nothing";

    private final InstantSource clock;

    public StatusReport(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * The status of a node that acts on no turn.
     *
     * @param obstacles of the last iteration
     */
    public AuditNodeStatus evaluated(
            AuditNode node,
            EvaluatedNode evaluated,
            Optional<TurnOutcome> lastTurn,
            Optional<KubeAPIServer> server,
            Obstacles obstacles) {
        var present = present(node);
        var spec = requireNonNull(node.getSpec(), "spec is null");
        var revision = spec.target();
        var state = evaluated.desired().syncState();
        var previousPhase = Optional.of(present)
                .filter(status -> revision.equals(status.revision()))
                .filter(status -> node.getMetadata().getGeneration().equals(status.observedGeneration()))
                .map(AuditNodeStatus::phase);
        var drift = new DriftReport(Optional.ofNullable(present.drift()), lastTurn, clock.instant())
                .after(revision, evaluated);
        var phase = reached(spec, state.phase(revision, lastTurn, previousPhase, drift, clock.instant()));
        var message = obstacles.addedTo(NodeMessage.of(evaluated, phase, lastTurn, Differences::summary), phase);
        var details = NodeMessage.of(evaluated, phase, lastTurn, Differences::all);
        return status(
                node,
                phase,
                Optional.empty(),
                lastTurn,
                server,
                message,
                Optional.of(evaluated.live()),
                drift,
                conditions(node, phase, state == SyncState.WAITING, details, Optional.of(evaluated.live())));
    }

    private static Phase reached(AuditNodeSpec spec, Phase phase) {
        return spec.restores() && phase == Phase.EFFECTIVE ? Phase.RESTORED : phase;
    }

    /**
     * The status of a node of which nothing is desired.
     *
     * @param kept what this operator has left on the node
     * @param lastTurn which has ended although nothing is desired any more
     */
    public AuditNodeStatus observed(
            AuditNode node,
            AuditState live,
            Optional<AuditNodeSpec> kept,
            Observed seen,
            Optional<TurnOutcome> lastTurn,
            Optional<KubeAPIServer> server) {
        var message =
                join(Stream.of(lossOf(live).or(() -> kept.map(NodeMessage::retained)).stream(), seen.remarks().stream())
                        .flatMap(parts -> parts)
                        .toList());
        return status(
                node,
                Phase.OBSERVED,
                Optional.empty(),
                lastTurn,
                server,
                message,
                Optional.of(live),
                Optional.ofNullable(present(node).drift()),
                conditions(node, Phase.OBSERVED, false, NOTHING_DESIRED, Optional.of(live)));
    }

    private static Optional<String> lossOf(AuditState live) {
        return live instanceof AuditState.Lost lost ? Optional.of(lost.message()) : Optional.empty();
    }

    /** The status of a node that starts a turn. */
    AuditNodeStatus acting(AuditNode node, String turnId) {
        return status(
                node,
                Phase.ACTING,
                Optional.of(turnId),
                Optional.ofNullable(present(node).lastTurn()),
                Optional.empty(),
                RESTARTING,
                Optional.empty(),
                Optional.ofNullable(present(node).drift()),
                conditions(node, Phase.ACTING, false, RESTARTING, Optional.empty()));
    }

    /** The status of a node that an administrator holds, with the {@code turn} that it was acting on. */
    public AuditNodeStatus held(
            AuditNode node, AuditState live, String reason, Optional<String> turn, Optional<KubeAPIServer> server) {
        var message = live instanceof AuditState.Lost lost ? reason + "; " + lost.message() : reason;
        return status(
                node,
                Phase.HELD,
                turn,
                Optional.ofNullable(present(node).lastTurn()),
                server,
                message,
                Optional.of(live),
                Optional.ofNullable(present(node).drift()),
                conditions(node, Phase.HELD, false, message, Optional.of(live)));
    }

    /**
     * The status of a node that the agent cannot evaluate. A turn that the last status states may still be running, as
     * far as the agent knows.
     */
    public AuditNodeStatus failing(AuditNode node, String reason) {
        var turn = Optional.ofNullable(present(node).activeTurnID());
        var phase = turn.isPresent() ? Phase.ACTING : Phase.PENDING;
        var message = "the agent cannot evaluate this node and retries: " + reason;
        return status(
                node,
                phase,
                turn,
                Optional.ofNullable(present(node).lastTurn()),
                Optional.empty(),
                message,
                Optional.empty(),
                Optional.ofNullable(present(node).drift()),
                conditions(node, phase, false, message, Optional.empty()));
    }

    private AuditNodeStatus status(
            AuditNode node,
            Phase phase,
            Optional<String> turn,
            Optional<TurnOutcome> lastTurn,
            Optional<KubeAPIServer> server,
            String message,
            Optional<AuditState> live,
            Optional<Drift> drift,
            List<Condition> conditions) {
        var present = present(node);
        var proven = live.flatMap(StatusReport::proven);
        var shortage = proven.flatMap(state -> state.observation().shortage());
        var log = log(present, proven);
        var truncation = log.flatMap(state -> LogChange.recent(state, clock.instant()));
        return new AuditNodeStatus(
                node.getMetadata().getGeneration(),
                phase,
                Optional.ofNullable(node.getSpec())
                        .map(AuditNodeSpec::target)
                        .orElse(node.hasUnreadableSpec() ? present.revision() : null),
                turn.orElse(null),
                lastTurn.orElse(null),
                server.orElse(present.kubeAPIServer()),
                proven.map(StatusReport::proof).orElse(phase == Phase.RESTORED ? null : present.proof()),
                proven.map(state -> new RunningRevision(
                                state.spec().revision(), state.observation().at()))
                        .orElse(null),
                gap(present, live, server).orElse(null),
                drift.orElse(null),
                Message.bounded(
                        join(Stream.of(Optional.of(message), truncation, shortage)
                                .flatMap(Optional::stream)
                                .filter(part -> !part.isEmpty())
                                .toList()),
                        Message.IN_NODE_STATUS),
                log.orElse(null),
                present.webhook(),
                present.plan(),
                present.observed(),
                conditions);
    }

    private Optional<AuditGap> gap(AuditNodeStatus present, Optional<AuditState> live, Optional<KubeAPIServer> server) {
        var last = Optional.ofNullable(present.lastGap());
        return live.map(state -> new GapReport(last, server, clock.instant()).after(state))
                .orElse(last);
    }

    private static Optional<LogStatus> log(AuditNodeStatus present, Optional<AuditState.Proven> proven) {
        var before = Optional.ofNullable(present.log());
        return proven.map(state -> state.observation().log())
                .map(log -> before.map(log::after).orElse(log))
                .or(() -> before);
    }

    private static Optional<AuditState.Proven> proven(AuditState live) {
        return live instanceof AuditState.Proven proven ? Optional.of(proven) : Optional.empty();
    }

    private static Proof proof(AuditState.Proven live) {
        return new Proof(
                live.spec().revision(),
                live.process().pid(),
                live.process().startedAt(),
                Sha256.of(live.spec().policy()),
                live.observation().at(),
                live.observation().canary());
    }

    private List<Condition> conditions(
            AuditNode node, Phase phase, boolean isOutOfSync, String message, Optional<AuditState> live) {
        return NodeConditions.of(node, phase, isOutOfSync, message, live, clock.instant());
    }

    private static AuditNodeStatus present(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .orElseGet(() -> new AuditNodeStatus(null, null, null, null, null, null, null, null, null, List.of()));
    }

    static String join(List<String> lines) {
        return String.join("; ", lines);
    }
}
