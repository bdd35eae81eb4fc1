package dev.auditpolicy.agent;

import dev.auditpolicy.agent.reapply.Reapplier;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the status of this node's AuditNode, if it has changed. */
final class StatusPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);

    private final KubernetesApi api;
    private final IterationFailures failures;
    private final Reapplier reapplier;

    StatusPublisher(KubernetesApi api, IterationFailures failures, Reapplier reapplier) {
        this.api = api;
        this.failures = failures;
        this.reapplier = reapplier;
    }

    /** Returns the AuditNode as it is then. */
    AuditNode publish(AuditNode node, AuditNodeStatus status) {
        Optional.ofNullable(status.phase()).ifPresent(reapplier::reported);
        if (status.equals(node.getStatus())) {
            failures.reported();
            return node;
        }
        logPhase(node, status);
        var written = api.updateStatus(node, status);
        failures.reported();
        return written;
    }

    private static void logPhase(AuditNode node, AuditNodeStatus status) {
        var previous = Optional.ofNullable(node.getStatus());
        if (!previous.map(AuditNodeStatus::phase).equals(Optional.ofNullable(status.phase()))
                || !previous.map(AuditNodeStatus::revision).equals(Optional.ofNullable(status.revision()))) {
            LOG.atInfo()
                    .addKeyValue("phase", status.phase())
                    .addKeyValue("revision", status.revision())
                    .addKeyValue("message", status.message())
                    .log("Phase changed");
        }
    }
}
