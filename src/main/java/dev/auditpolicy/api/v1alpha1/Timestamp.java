package dev.auditpolicy.api.v1alpha1;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as Kubernetes' metav1.Time writes them: RFC 3339, UTC, whole seconds. */
public final class Timestamp {

    private Timestamp() {}

    /** {@code instant} as a field's value. */
    public static String of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
