package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus.State;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.telemetry.EventRecorder;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a status that has changed, and reports each change once in the log and as an Event. */
public final class StatusWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    /** The rollout waits for an administrator, although it is not Stalled: it continues without a new generation. */
    private static final Set<String> WARNINGS = Set.of(
            Conditions.CONTROLLER_FAILED,
            Decision.Reason.UnmanagedAPIServer.name(),
            Decision.Reason.AwaitingApproval.name(),
            Decision.Reason.GrowthAboveLimit.name(),
            Decision.Reason.AgentMissing.name());

    private final Cluster cluster;
    private final EventRecorder events;

    public StatusWriter(Cluster cluster, EventRecorder events) {
        this.cluster = cluster;
        this.events = events;
    }

    /** Writes {@code status} unless {@code policy} has it already. */
    void write(AuditPolicy policy, AuditPolicyStatus status) {
        var previous = Optional.ofNullable(policy.getStatus());
        if (previous.filter(status::equals).isPresent()) {
            return;
        }
        policy.setStatus(status);
        cluster.updateStatus(policy);
        var ready = Conditions.find(status, Conditions.READY).orElseThrow();
        LOG.atInfo()
                .addKeyValue("generation", status.observedGeneration())
                .addKeyValue("revision", status.revision())
                .addKeyValue("reason", ready.reason())
                .addKeyValue("message", ready.message())
                .log("AuditPolicy status changed");
        recordReadiness(policy, status, previous, ready);
        previous.ifPresent(before -> recordTemporaryRules(policy, before, status));
        Conditions.find(status, Conditions.ACCEPTED)
                .filter(accepted -> accepted.reason().equals(Conditions.VALID_WITH_FINDINGS))
                .filter(accepted -> hasChanged(previous, accepted))
                .ifPresent(accepted ->
                        events.record(policy, EventRecorder.Type.Warning, accepted.reason(), accepted.message()));
    }

    private void recordTemporaryRules(AuditPolicy policy, AuditPolicyStatus before, AuditPolicyStatus status) {
        status.temporaryRules().stream()
                .filter(entry -> before.temporaryRules().stream()
                        .anyMatch(known -> known.until().equals(entry.until()) && known.state() != entry.state()))
                .forEach(entry -> events.record(
                        policy,
                        EventRecorder.Type.Normal,
                        entry.state() == State.ENDED ? "TemporaryRulesEnded" : "TemporaryRulesOverdue",
                        (entry.state() == State.ENDED
                                        ? "no node applies the temporary rules any more that ended at "
                                        : "nodes are to drop the temporary rules that ended at ")
                                + entry.until() + " (" + entry.reason() + ")"));
    }

    private void recordReadiness(
            AuditPolicy policy, AuditPolicyStatus status, Optional<AuditPolicyStatus> previous, Condition ready) {
        if (hasChanged(previous, ready)) {
            events.record(
                    policy,
                    needsAttention(status, ready) ? EventRecorder.Type.Warning : EventRecorder.Type.Normal,
                    ready.reason(),
                    ready.message());
        }
    }

    private static boolean needsAttention(AuditPolicyStatus status, Condition ready) {
        return WARNINGS.contains(ready.reason())
                || Conditions.find(status, Conditions.STALLED)
                        .filter(condition -> condition.status().equals(Condition.TRUE))
                        .isPresent();
    }

    private static boolean hasChanged(Optional<AuditPolicyStatus> previous, Condition current) {
        return previous.flatMap(status -> Conditions.find(status, current.type()))
                .filter(condition -> condition.reason().equals(current.reason()))
                .filter(condition -> condition.observedGeneration().equals(current.observedGeneration()))
                .isEmpty();
    }
}
