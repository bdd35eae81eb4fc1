package dev.auditpolicy.agent.status;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.agent.evaluate.AuditState.Lost.Cause;
import dev.auditpolicy.agent.evaluate.EvaluatedNode;
import dev.auditpolicy.agent.evaluate.NodeEvaluation;
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
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.api.v1alpha1.RunningRevision;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.rollout.SyncState;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Builds the status of the agent's AuditNode. */
public final class StatusReport {

    private static final String RESTARTING = "restarting kube-apiserver";
    private static final String LOSS = "events are being lost now: ";
    private static final String DRIFTED =
            "; changed again soon after a turn reverted the first change, so the agent leaves the node unchanged. To revert"
                    + " it, restore the files on the node, or change any field of the AuditPolicy's spec 10 minutes after"
                    + " the last turn; to keep it, put it into the AuditPolicy";

    private final InstantSource clock;

    public StatusReport(InstantSource clock) {
        this.clock = clock;
    }

    /** The status of a node that acts on no turn. */
    public AuditNodeStatus evaluated(
            AuditNode node, EvaluatedNode evaluated, Optional<TurnOutcome> lastTurn, Optional<KubeAPIServer> server) {
        var present = present(node);
        var revision = node.getSpec().revision();
        var state = evaluated.desired().syncState();
        var previousPhase = Optional.of(present)
                .filter(status -> revision.equals(status.revision()))
                .filter(status -> node.getMetadata().getGeneration().equals(status.observedGeneration()))
                .map(AuditNodeStatus::phase);
        var drift = new DriftReport(Optional.ofNullable(present.drift()), lastTurn, clock.instant())
                .after(revision, evaluated);
        var phase = state.phase(revision, lastTurn, previousPhase, drift, clock.instant());
        var message = message(evaluated, phase, lastTurn, Differences::summary);
        var details = message(evaluated, phase, lastTurn, Differences::all);
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

    /** Starts with a loss that the rest of the message does not report. */
    private static String message(
            EvaluatedNode evaluated,
            Phase phase,
            Optional<TurnOutcome> lastTurn,
            Function<List<String>, String> describe) {
        var message = message(evaluated.desired(), phase, lastTurn, describe);
        return evaluated.live() instanceof AuditState.Lost lost && lost.cause() != Cause.OutOfSync
                ? withLoss(lost, message)
                : message;
    }

    private static String withLoss(AuditState.Lost lost, String message) {
        var reasons = join(lost.reasons());
        return message.startsWith(reasons) ? LOSS + message : LOSS + reasons + "; " + message;
    }

    private static String message(
            NodeEvaluation evaluation,
            Phase phase,
            Optional<TurnOutcome> lastTurn,
            Function<List<String>, String> describe) {
        if (phase == Phase.ROLLED_BACK || phase == Phase.FAILED) {
            return lastTurn.orElseThrow().message();
        }
        return switch (evaluation) {
            case NodeEvaluation.InSync _ -> "";
            case NodeEvaluation.OutOfSync outOfSync ->
                describe.apply(outOfSync.differences()) + (phase == Phase.DRIFTED ? DRIFTED : "");
            case NodeEvaluation.Waiting waiting -> waiting.reason() + "; " + describe.apply(waiting.differences());
            case NodeEvaluation.Unverified unverified -> join(unverified.reasons());
            case NodeEvaluation.Rejected rejected -> rejected.message();
        };
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
                // The spec of a newer controller may be unreadable.
                Optional.ofNullable(node.getSpec()).map(AuditNodeSpec::revision).orElse(present.revision()),
                turn.orElse(null),
                lastTurn.orElse(null),
                server.orElse(present.kubeAPIServer()),
                proven.map(StatusReport::proof).orElse(present.proof()),
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
                live.observation().canary().orElse(null));
    }

    private List<Condition> conditions(
            AuditNode node, Phase phase, boolean isOutOfSync, String message, Optional<AuditState> live) {
        return NodeConditions.of(node, phase, isOutOfSync, message, live, clock.instant());
    }

    private static AuditNodeStatus present(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .orElseGet(() -> new AuditNodeStatus(null, null, null, null, null, null, null, null, null, List.of()));
    }

    private static String join(List<String> lines) {
        return String.join("; ", lines);
    }
}
