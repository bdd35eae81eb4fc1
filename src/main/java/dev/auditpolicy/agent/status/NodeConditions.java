package dev.auditpolicy.agent.status;

import dev.auditpolicy.agent.evaluate.AuditState;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.Condition.Statement;
import dev.auditpolicy.api.v1alpha1.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The conditions of an AuditNode: one about the revision that it is to run, and one about what it records now. */
final class NodeConditions {

    static final String AUDITING = "Auditing";

    private NodeConditions() {}

    /**
     * The conditions.
     *
     * @param isOutOfSync whether a node in phase Pending is known not to run the revision
     * @param live empty while a turn is running
     */
    static List<Condition> of(
            AuditNode node, Phase phase, boolean isOutOfSync, String message, Optional<AuditState> live, Instant now) {
        var previous = Optional.ofNullable(node.getStatus())
                .map(AuditNodeStatus::conditions)
                .orElse(List.of());
        var statements = Stream.of(effective(phase, isOutOfSync, message), auditing(live))
                .map(statement ->
                        Condition.of(statement, previous, node.getMetadata().getGeneration(), now));
        return Stream.concat(statements, previous.stream().filter(SinkCondition::isOne))
                .toList();
    }

    private static Statement effective(Phase phase, boolean isOutOfSync, String message) {
        return switch (phase) {
            case EFFECTIVE -> effective(Condition.TRUE, "Proven", message);
            case PENDING ->
                isOutOfSync
                        ? effective(Condition.FALSE, "OutOfSync", message)
                        : effective(Condition.UNKNOWN, "NotProven", message);
            case REFUSED -> effective(Condition.FALSE, "Refused", message);
            case CHECKED -> effective(Condition.FALSE, "WaitingForTurn", message);
            case ACTING -> effective(Condition.UNKNOWN, "Acting", message);
            case ROLLED_BACK -> effective(Condition.FALSE, "RolledBack", message);
            case DRIFTED -> effective(Condition.FALSE, "Drifted", message);
            case HELD -> effective(Condition.UNKNOWN, "Held", message);
            case FAILED -> effective(Condition.FALSE, "Failed", message);
            case RESTORED -> effective(Condition.FALSE, "Restored", message);
            case UNMANAGED -> effective(Condition.UNKNOWN, "Unmanaged", message);
            case OBSERVED -> effective(Condition.UNKNOWN, "NothingDesired", message);
        };
    }

    private static Statement effective(String status, String reason, String message) {
        return new Statement("Effective", status, reason, message);
    }

    private static Statement auditing(Optional<AuditState> live) {
        return live.map(NodeConditions::auditing)
                .orElseGet(() ->
                        new Statement(AUDITING, Condition.UNKNOWN, "Acting", "a turn is restarting kube-apiserver"));
    }

    private static Statement auditing(AuditState live) {
        return switch (live) {
            case AuditState.Proven proven ->
                new Statement(
                        AUDITING,
                        Condition.TRUE,
                        "Proven",
                        "kube-apiserver runs and records revision "
                                + proven.spec().revision());
            case AuditState.Lost lost ->
                new Statement(AUDITING, Condition.FALSE, lost.cause().name(), lost.message());
            case AuditState.Unverified unverified ->
                new Statement(AUDITING, Condition.UNKNOWN, "NotProven", String.join("; ", unverified.reasons()));
            case AuditState.Unmanaged _ ->
                new Statement(
                        AUDITING, Condition.UNKNOWN, "Unmanaged", "this operator has put no revision on this node yet");
        };
    }
}
