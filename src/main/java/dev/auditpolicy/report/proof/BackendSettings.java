package dev.auditpolicy.report.proof;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import java.util.Optional;

/** The settings of the backends that belong to a proven revision. */
public sealed interface BackendSettings {

    /** Those of the AuditNode's spec, whose revision is the proven one. Absent fields have their defaults. */
    record Known(Optional<LogBackend> log, Optional<WebhookBackend> webhook) implements BackendSettings {}

    /**
     * The AuditNode does not have them.
     *
     * @param reason why
     */
    record Unknown(String reason) implements BackendSettings {}

    /** The log backend; empty if there is none, or it is not known. */
    default Optional<LogBackend> log() {
        return this instanceof Known known ? known.log() : Optional.empty();
    }

    /** The webhook backend; empty if there is none, or it is not known. */
    default Optional<WebhookBackend> webhook() {
        return this instanceof Known known ? known.webhook() : Optional.empty();
    }
}
