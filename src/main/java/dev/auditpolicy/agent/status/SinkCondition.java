package dev.auditpolicy.agent.status;

import dev.auditpolicy.agent.webhook.SinkReport;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The condition of an AuditNode about its webhook. It is observed, and not evaluated, so that a turn leaves it as it was. */
public final class SinkCondition {

    private SinkCondition() {}

    /** Whether {@code condition} is about the webhook. */
    public static boolean isOne(Condition condition) {
        return condition.type().equals(SinkReport.CONDITION);
    }

    /** {@code status} with what was observed; without webhook and condition if there is none. */
    public static AuditNodeStatus in(
            AuditNodeStatus status, AuditNode node, Optional<SinkReport.Reported> sink, Instant now) {
        var others = status.conditions().stream().filter(condition -> !isOne(condition));
        var previous = Optional.ofNullable(node.getStatus())
                .map(AuditNodeStatus::conditions)
                .orElse(List.of());
        var own = sink.map(SinkReport.Reported::statement)
                .map(statement ->
                        Condition.of(statement, previous, node.getMetadata().getGeneration(), now));
        return status.delivering(
                sink.map(SinkReport.Reported::status).orElse(null),
                Stream.concat(others, own.stream()).toList());
    }
}
