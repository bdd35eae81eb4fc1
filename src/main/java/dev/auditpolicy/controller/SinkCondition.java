package dev.auditpolicy.controller;

import static dev.auditpolicy.api.v1alpha1.Condition.FALSE;
import static dev.auditpolicy.api.v1alpha1.Condition.TRUE;
import static dev.auditpolicy.api.v1alpha1.Condition.UNKNOWN;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicySpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds the condition SinkHealthy to the status of an AuditPolicy with a webhook: that of its nodes together. */
final class SinkCondition {

    private static final int SHOWN = 2;

    private final StatusFactory statuses;

    SinkCondition(StatusFactory statuses) {
        this.statuses = statuses;
    }

    private record Report(String node, Condition condition) {

        static Stream<Report> of(AuditNode node) {
            return Optional.ofNullable(node.getStatus()).map(AuditNodeStatus::conditions).orElse(List.of()).stream()
                    .filter(condition -> condition.type().equals(Conditions.SINK_HEALTHY))
                    .map(condition -> new Report(node.getMetadata().getName(), condition));
        }
    }

    /** {@code status}, with the condition if {@code policy} has a webhook. */
    AuditPolicyStatus addTo(AuditPolicyStatus status, AuditPolicy policy, Observer.Observation observation) {
        if (Optional.ofNullable(policy.getSpec()).map(AuditPolicySpec::webhook).isEmpty()) {
            return status;
        }
        var condition = condition(policy, observation.members().size(), observation.ofMembers());
        return status.with(Stream.concat(status.conditions().stream(), Stream.of(condition))
                .toList());
    }

    private Condition condition(AuditPolicy policy, int total, List<AuditNode> nodes) {
        var reports = nodes.stream()
                .flatMap(Report::of)
                .sorted(comparing(Report::node))
                .toList();
        var failing = with(reports, FALSE);
        var delivering = with(reports, TRUE);
        var conditions = statuses.conditions(policy, StatusFactory.previous(policy));
        if (!failing.isEmpty()) {
            var reason = failing.getFirst().condition().reason();
            return conditions.of(
                    Conditions.SINK_HEALTHY,
                    FALSE,
                    reason,
                    failing.size() + " of " + total + " kube-apiservers do not deliver their events: "
                            + describe(failing));
        }
        if (delivering.size() == total && total > 0) {
            return conditions.of(
                    Conditions.SINK_HEALTHY,
                    TRUE,
                    "Delivering",
                    "all kube-apiservers deliver their events to the webhook");
        }
        var unknown = with(reports, UNKNOWN);
        return conditions.of(
                Conditions.SINK_HEALTHY,
                UNKNOWN,
                unknown.isEmpty()
                        ? "NotReported"
                        : unknown.getFirst().condition().reason(),
                delivering.size() + " of " + total + " kube-apiservers are known to deliver their events"
                        + (unknown.isEmpty() ? "" : "; " + describe(unknown)));
    }

    private static List<Report> with(List<Report> reports, String status) {
        return reports.stream()
                .filter(report -> report.condition().status().equals(status))
                .toList();
    }

    private static String describe(List<Report> reports) {
        var shown = reports.stream()
                .limit(SHOWN)
                .map(report -> report.node() + ": " + report.condition().message())
                .collect(joining("; "));
        return reports.size() <= SHOWN ? shown : shown + "; and " + (reports.size() - SHOWN) + " more";
    }
}
