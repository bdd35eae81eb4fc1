package dev.auditpolicy.agent.status;

import dev.auditpolicy.api.v1alpha1.AuditGap;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.telemetry.EventRecorder;
import java.time.Duration;
import java.util.Optional;

/** The begin or the end of a gap, as an Event and the metrics report it once. */
public sealed interface GapChange {

    AuditGap gap();

    record Begun(AuditGap gap) implements GapChange {}

    record Ended(AuditGap gap, Duration length) implements GapChange {}

    static Optional<GapChange> between(Optional<AuditNodeStatus> before, AuditNodeStatus now) {
        var known = before.map(AuditNodeStatus::lastGap);
        return Optional.ofNullable(now.lastGap())
                .filter(gap -> known.filter(gap::equals).isEmpty())
                .map(gap -> gap.length()
                        .<GapChange>map(length -> new Ended(gap, length))
                        .orElseGet(() -> new Begun(gap)));
    }

    default EventRecorder.Type type() {
        return EventRecorder.Type.Warning;
    }

    default String reason() {
        return switch (this) {
            case Begun _ -> "AuditGap";
            case Ended _ -> "AuditGapEnded";
        };
    }

    default String note() {
        return switch (this) {
            case Begun(AuditGap gap) -> "since " + gap.from() + ": " + gap.why();
            case Ended(AuditGap gap, Duration length) ->
                "from " + gap.from() + " to " + gap.to() + " (" + length.toSeconds() + " s): " + gap.why();
        };
    }
}
