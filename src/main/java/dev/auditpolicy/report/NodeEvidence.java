package dev.auditpolicy.report;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.LogStatus;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.ObservedHost;
import dev.auditpolicy.api.v1alpha1.WebhookStatus;
import dev.auditpolicy.report.proof.AuditNodeObject;
import dev.auditpolicy.report.proof.ProofState;
import java.time.Instant;
import java.util.Optional;

/** A kube-apiserver, and what is proven about it. */
public record NodeEvidence(AuditNodeObject node, ProofState state) {

    /** The name of the AuditNode. */
    public String name() {
        return node.name();
    }

    /** How kube-apiserver is run; empty if the agent has not reported it. */
    public Optional<ObservedHost> host() {
        return node.status().map(AuditNodeStatus::observed).map(Observed::host);
    }

    /** Since when the agent has found without interruption that the node records what it was to record. */
    public Optional<Instant> auditingSince() {
        return state.proven()
                .flatMap(_ -> node.condition("Auditing"))
                .filter(condition -> condition.status().equals(Condition.TRUE))
                .map(Condition::lastTransitionTime);
    }

    /** The measurements of the log. */
    public Optional<LogStatus> log() {
        return node.status().map(AuditNodeStatus::log);
    }

    /** The delivery to the webhook. */
    public Optional<WebhookStatus> webhook() {
        return node.status().map(AuditNodeStatus::webhook);
    }
}
