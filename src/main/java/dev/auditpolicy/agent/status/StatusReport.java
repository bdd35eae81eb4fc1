package dev.auditpolicy.agent.status;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.evaluate.NodeEvaluation;
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

/** Puts what the agent knows into the status of its AuditNode. */
public final class StatusReport {

    private static final String EFFECTIVE = "Effective";

    private static final String LEFT_AS_IT_IS =
            "changed again by somebody else soon after it was put back, so left as it"
                    + " is: put it back by hand, or change the AuditPolicy. What differs: ";

    private final InstantSource clock;

    public StatusReport(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The status of a node that acts on no turn. */
    public AuditNodeStatus assessed(
            AuditNode node, NodeEvaluation assessment, Optional<TurnOutcome> lastTurn, Optional<KubeAPIServer> server) {
        var revision = node.getSpec().revision();
        var before = Optional.of(present(node))
                .filter(now -> revision.equals(now.revision()))
                .filter(now -> node.getMetadata().getGeneration().equals(now.observedGeneration()))
                .map(AuditNodeStatus::phase);
        var phase = standing(assessment).phase(revision, lastTurn, before, clock.instant());
        var proven =
                switch (assessment) {
                    case NodeEvaluation.InEffect effective -> Optional.of(effective);
                    case NodeEvaluation.Refused _,
                            NodeEvaluation.Differs _,
                            NodeEvaluation.Waits _,
                            NodeEvaluation.Unproven _ -> Optional.<NodeEvaluation.InEffect>empty();
                };
        var differs = assessment instanceof NodeEvaluation.Waits;
        return status(node, phase, differs, message(assessment, phase, lastTurn), lastTurn, server, proven);
    }

    private static SyncState standing(NodeEvaluation assessment) {
        return switch (assessment) {
            case NodeEvaluation.InEffect _ -> SyncState.IN_SYNC;
            case NodeEvaluation.Refused _ -> SyncState.REJECTED;
            case NodeEvaluation.Differs _ -> SyncState.OUT_OF_SYNC;
            case NodeEvaluation.Waits _, NodeEvaluation.Unproven _ -> SyncState.UNVERIFIED;
        };
    }

    private static String message(NodeEvaluation assessment, Phase phase, Optional<TurnOutcome> lastTurn) {
        if (phase == Phase.ROLLED_BACK || phase == Phase.FAILED) {
            return lastTurn.orElseThrow().message();
        }
        return switch (assessment) {
            case NodeEvaluation.InEffect effective ->
                effective.evidence().shortage().orElse("");
            case NodeEvaluation.Refused refused -> refused.message();
            case NodeEvaluation.Differs differs ->
                (phase == Phase.DRIFTED ? LEFT_AS_IT_IS : "") + join(differs.differences());
            case NodeEvaluation.Waits waits -> waits.reason() + "; what differs: " + join(waits.differences());
            case NodeEvaluation.Unproven unproven -> join(unproven.differences());
        };
    }

    /** The status of a node that begins a turn. */
    AuditNodeStatus acting(AuditNode node, String turnId) {
        var now = present(node);
        return new AuditNodeStatus(
                node.getMetadata().getGeneration(),
                Phase.ACTING,
                node.getSpec().revision(),
                turnId,
                now.lastTurn(),
                now.kubeAPIServer(),
                now.proof(),
                "restarting kube-apiserver",
                now.log(),
                conditions(node, Phase.ACTING, false, "restarting kube-apiserver"));
    }

    /** The status of a node that a human holds, {@code turn} being what it was acting on. */
    public AuditNodeStatus held(AuditNode node, String message, Optional<String> turn, Optional<KubeAPIServer> server) {
        var now = present(node);
        return new AuditNodeStatus(
                node.getMetadata().getGeneration(),
                Phase.HELD,
                node.getSpec().revision(),
                turn.orElse(null),
                now.lastTurn(),
                server.orElse(now.kubeAPIServer()),
                now.proof(),
                message,
                now.log(),
                conditions(node, Phase.HELD, false, message));
    }

    private AuditNodeStatus status(
            AuditNode node,
            Phase phase,
            boolean differs,
            String message,
            Optional<TurnOutcome> lastTurn,
            Optional<KubeAPIServer> server,
            Optional<NodeEvaluation.InEffect> proven) {
        var before = present(node);
        return new AuditNodeStatus(
                node.getMetadata().getGeneration(),
                phase,
                node.getSpec().revision(),
                null,
                lastTurn.orElse(null),
                server.orElse(before.kubeAPIServer()),
                proven.map(effective -> proof(node.getSpec(), effective)).orElse(before.proof()),
                Message.bounded(message, Message.IN_NODE_STATUS),
                proven.map(effective -> effective.evidence().log()).orElse(before.log()),
                conditions(node, phase, differs, message));
    }

    private static Proof proof(AuditNodeSpec spec, NodeEvaluation.InEffect effective) {
        return new Proof(
                spec.revision(),
                effective.process().pid(),
                effective.process().startedAt(),
                Sha256.of(spec.policy()),
                effective.evidence().at(),
                effective.evidence().canary().orElse(null));
    }

    private List<Condition> conditions(AuditNode node, Phase phase, boolean differs, String message) {
        var statement =
                switch (phase) {
                    case EFFECTIVE -> new Statement(EFFECTIVE, Condition.TRUE, "Proven", message);
                    case PENDING ->
                        differs
                                ? new Statement(EFFECTIVE, Condition.FALSE, "Differs", message)
                                : new Statement(EFFECTIVE, Condition.UNKNOWN, "Unproven", message);
                    case REFUSED -> new Statement(EFFECTIVE, Condition.FALSE, "Refused", message);
                    case CHECKED -> new Statement(EFFECTIVE, Condition.FALSE, "WaitingForTurn", message);
                    case ACTING -> new Statement(EFFECTIVE, Condition.UNKNOWN, "Acting", message);
                    case ROLLED_BACK -> new Statement(EFFECTIVE, Condition.FALSE, "RolledBack", message);
                    case DRIFTED -> new Statement(EFFECTIVE, Condition.FALSE, "Drifted", message);
                    case HELD -> new Statement(EFFECTIVE, Condition.UNKNOWN, "Held", message);
                    case FAILED -> new Statement(EFFECTIVE, Condition.FALSE, "Failed", message);
                };
        var before = present(node).conditions();
        return List.of(Condition.of(statement, before, node.getMetadata().getGeneration(), clock.instant()));
    }

    private static AuditNodeStatus present(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .orElseGet(() -> new AuditNodeStatus(null, null, null, null, null, null, null, null, null, List.of()));
    }

    private static String join(List<String> lines) {
        return String.join("; ", lines);
    }
}
