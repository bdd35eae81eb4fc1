package dev.auditpolicy.agent.status;

import static dev.auditpolicy.agent.status.StatusReport.join;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.agent.evaluate.AuditState.Lost.Cause;
import dev.auditpolicy.agent.evaluate.EvaluatedNode;
import dev.auditpolicy.agent.evaluate.NodeEvaluation;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Says in words what an evaluation found. */
final class NodeMessage {

    private static final String RESTORED =
            "kube-apiserver runs without a part of this operator; its log stays on the node";
    private static final String LOSS = "events are being lost now: ";
    private static final String DRIFTED =
            "; changed again soon after a turn reverted the first change, so the agent leaves the node unchanged. To revert"
                    + " it, restore the files on the node (after a log was deleted, restart kube-apiserver), or change any"
                    + " field of the AuditPolicy's spec 10 minutes after the last turn; to keep it, put it into the AuditPolicy";

    private NodeMessage() {}

    /** Starts with a loss that the rest of the message does not report. */
    static String of(
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
        if (phase == Phase.RESTORED) {
            return join(Stream.concat(Stream.of(RESTORED), lastTurn.map(TurnOutcome::message).stream())
                    .filter(part -> !part.isEmpty())
                    .toList());
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

    /** What a node goes on to run although nothing is desired of it. */
    static String retained(AuditNodeSpec kept) {
        return "this node keeps running revision " + kept.revision()
                + ", because the AuditPolicy was deleted with deletionPolicy Retain, or is not valid; to take it out, run auditpolicy"
                + " restore on the node, or create the AuditPolicy with deletionPolicy Restore and delete that";
    }
}
