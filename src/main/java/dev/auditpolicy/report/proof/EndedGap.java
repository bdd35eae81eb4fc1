package dev.auditpolicy.report.proof;

import dev.auditpolicy.api.v1alpha1.AuditGap;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import java.util.Optional;

/** The last time without records that is over: nothing is wrong now, and an auditor still asks about it. */
public final class EndedGap {

    private EndedGap() {}

    /** A sentence without its subject and full stop; empty if the resources know no such time. */
    public static Optional<String> of(AuditNodeStatus status) {
        return Optional.ofNullable(status.lastGap()).flatMap(EndedGap::sentence);
    }

    private static Optional<String> sentence(AuditGap gap) {
        return gap.length()
                .map(length -> "did not record what it was last proven to record from " + gap.from() + " to " + gap.to()
                        + " (" + Ages.of(length) + "); reported then: " + gap.why());
    }
}
