package dev.auditpolicy.agent.status;

import dev.auditpolicy.agent.evaluate.NodeEvaluation;
import dev.auditpolicy.agent.evaluate.NodeEvaluation.InSync;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.Condition.Statement;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Message;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.rollout.SyncState;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Builds the status of the agent's AuditNode. */
public final class StatusReport {

    private static final String RESTARTING = "restarting kube-apiserver";
    private static final String DRIFTED =
            "changed again soon after a turn reverted the first change, so the agent leaves the node unchanged:"
                    + " revert the change, or edit the AuditPolicy. Differences: ";

    private final InstantSource clock;

    public StatusReport(InstantSource clock) {
        this.clock = clock;
    }

    /** The status of a node that acts on no turn. */
    public AuditNodeStatus evaluated(
            AuditNode node, NodeEvaluation evaluation, Optional<TurnOutcome> lastTurn, Optional<KubeAPIServer> server) {
        var present = present(node);
        var revision = node.getSpec().revision();
        var previousPhase = Optional.of(present)
                .filter(status -> revision.equals(status.revision()))
                .filter(status -> node.getMetadata().getGeneration().equals(status.observedGeneration()))
                .map(AuditNodeStatus::phase);
        var phase = evaluation.syncState().phase(revision, lastTurn, previousPhase, clock.instant());
        var message = message(evaluation, phase, lastTurn);
        var inSync = evaluation instanceof InSync verified ? Optional.of(verified) : Optional.<InSync>empty();
        return new AuditNodeStatus(
                node.getMetadata().getGeneration(),
                phase,
                revision,
                null,
                lastTurn.orElse(null),
                server.orElse(present.kubeAPIServer()),
                inSync.map(verified -> proof(node.getSpec(), verified)).orElse(present.proof()),
                Message.bounded(message, Message.IN_NODE_STATUS),
                inSync.map(verified -> verified.observation().log()).orElse(present.log()),
                conditions(node, phase, evaluation.syncState(), message));
    }

    private static String message(NodeEvaluation evaluation, Phase phase, Optional<TurnOutcome> lastTurn) {
        if (phase == Phase.ROLLED_BACK || phase == Phase.FAILED) {
            return lastTurn.orElseThrow().message();
        }
        return switch (evaluation) {
            case InSync inSync -> inSync.observation().shortage().orElse("");
            case NodeEvaluation.OutOfSync outOfSync ->
                (phase == Phase.DRIFTED ? DRIFTED : "") + join(outOfSync.differences());
            case NodeEvaluation.Waiting waiting -> waiting.reason() + "; differences: " + join(waiting.differences());
            case NodeEvaluation.Unverified unverified -> join(unverified.reasons());
            case NodeEvaluation.Rejected rejected -> rejected.message();
        };
    }

    /** The status of a node that starts a turn. */
    AuditNodeStatus acting(AuditNode node, String turnId) {
        return unverified(node, Phase.ACTING, RESTARTING, Optional.of(turnId), Optional.empty());
    }

    /** The status of a node that an administrator holds, with the {@code turn} that it was acting on. */
    public AuditNodeStatus held(AuditNode node, String message, Optional<String> turn, Optional<KubeAPIServer> server) {
        return unverified(node, Phase.HELD, message, turn, server);
    }

    /**
     * The status of a node that the agent cannot evaluate. A turn that the last status states may still be running, as
     * far as the agent knows.
     */
    public AuditNodeStatus failing(AuditNode node, String reason) {
        var turn = Optional.ofNullable(present(node).activeTurnID());
        return unverified(
                node,
                turn.isPresent() ? Phase.ACTING : Phase.PENDING,
                "the agent cannot evaluate this node and retries: " + reason,
                turn,
                Optional.empty());
    }

    private AuditNodeStatus unverified(
            AuditNode node, Phase phase, String message, Optional<String> turn, Optional<KubeAPIServer> server) {
        var present = present(node);
        return new AuditNodeStatus(
                node.getMetadata().getGeneration(),
                phase,
                // The spec of a newer controller may be unreadable.
                Optional.ofNullable(node.getSpec()).map(AuditNodeSpec::revision).orElse(present.revision()),
                turn.orElse(null),
                present.lastTurn(),
                server.orElse(present.kubeAPIServer()),
                present.proof(),
                Message.bounded(message, Message.IN_NODE_STATUS),
                present.log(),
                conditions(node, phase, SyncState.UNVERIFIED, message));
    }

    private static Proof proof(AuditNodeSpec spec, InSync inSync) {
        return new Proof(
                spec.revision(),
                inSync.process().pid(),
                inSync.process().startedAt(),
                Sha256.of(spec.policy()),
                inSync.observation().at(),
                inSync.observation().canary().orElse(null));
    }

    private List<Condition> conditions(AuditNode node, Phase phase, SyncState syncState, String message) {
        var statement =
                switch (phase) {
                    case EFFECTIVE -> effective(Condition.TRUE, "Proven", message);
                    case PENDING ->
                        syncState == SyncState.WAITING
                                ? effective(Condition.FALSE, "OutOfSync", message)
                                : effective(Condition.UNKNOWN, "NotProven", message);
                    case REFUSED -> effective(Condition.FALSE, "Refused", message);
                    case CHECKED -> effective(Condition.FALSE, "WaitingForTurn", message);
                    case ACTING -> effective(Condition.UNKNOWN, "Acting", message);
                    case ROLLED_BACK -> effective(Condition.FALSE, "RolledBack", message);
                    case DRIFTED -> effective(Condition.FALSE, "Drifted", message);
                    case HELD -> effective(Condition.UNKNOWN, "Held", message);
                    case FAILED -> effective(Condition.FALSE, "Failed", message);
                };
        return List.of(Condition.of(
                statement, present(node).conditions(), node.getMetadata().getGeneration(), clock.instant()));
    }

    private static Statement effective(String status, String reason, String message) {
        return new Statement("Effective", status, reason, message);
    }

    private static AuditNodeStatus present(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .orElseGet(() -> new AuditNodeStatus(null, null, null, null, null, null, null, null, null, List.of()));
    }

    private static String join(List<String> lines) {
        return String.join("; ", lines);
    }
}
