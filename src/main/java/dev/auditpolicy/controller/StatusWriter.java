package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.telemetry.EventRecorder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a status that has changed, and tells each change of state once, in the log and as an Event. */
public final class StatusWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

    private final Cluster cluster;
    private final EventRecorder events;

    public StatusWriter(Cluster cluster, EventRecorder events) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.events = requireNonNull(events, "events is null");
    }

    /** Writes {@code status} unless it is what {@code policy} has already. */
    void write(AuditPolicy policy, AuditPolicyStatus status) {
        var before = Optional.ofNullable(policy.getStatus());
        if (before.filter(status::equals).isPresent()) {
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
        tell(policy, before, ready);
        Conditions.find(status, Conditions.ACCEPTED)
                .filter(accepted -> accepted.status().equals(Condition.TRUE))
                .filter(accepted -> !accepted.message().isEmpty())
                .filter(accepted -> isNews(before, accepted))
                .ifPresent(accepted ->
                        events.record(policy, EventRecorder.Type.Warning, accepted.reason(), accepted.message()));
    }

    private void tell(AuditPolicy policy, Optional<AuditPolicyStatus> before, Condition ready) {
        if (isNews(before, ready)) {
            var stalled = Conditions.find(policy.getStatus(), Conditions.STALLED)
                    .filter(condition -> condition.status().equals(Condition.TRUE))
                    .isPresent();
            events.record(
                    policy,
                    stalled ? EventRecorder.Type.Warning : EventRecorder.Type.Normal,
                    ready.reason(),
                    ready.message());
        }
    }

    private static boolean isNews(Optional<AuditPolicyStatus> before, Condition now) {
        return before.flatMap(status -> Conditions.find(status, now.type()))
                .filter(known -> known.reason().equals(now.reason()))
                .filter(known -> known.observedGeneration().equals(now.observedGeneration()))
                .isEmpty();
    }
}
