package dev.auditpolicy.agent.status;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.telemetry.EventRecorder;
import dev.auditpolicy.telemetry.ValueName;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A change of a node's phase, as an Event reports it.
 *
 * @param reason machine-readable reason in CamelCase
 * @param note human-readable message
 */
record PhaseChange(EventRecorder.Type type, String reason, String note) {

    /** Empty if both statuses have the same phase of the same revision. */
    static Optional<PhaseChange> between(Optional<AuditNodeStatus> before, AuditNodeStatus now) {
        return before.filter(known -> known.phase() == now.phase() && isOfSameRevision(known, now))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(change(before, now));
    }

    private static PhaseChange change(Optional<AuditNodeStatus> before, AuditNodeStatus now) {
        return switch (phase(now)) {
            case EFFECTIVE ->
                normal(now, "kube-apiserver " + version(now) + "is verified to run it" + restart(before, now));
            case ACTING -> normal(now, message(now) + ", turn " + now.activeTurnID());
            case CHECKED, PENDING -> waiting(before, now);
            case OBSERVED -> observed(now);
            case RESTORED -> normal(now, message(now));
            case REFUSED, ROLLED_BACK, FAILED, DRIFTED, HELD, UNMANAGED -> warning(now);
        };
    }

    private static PhaseChange waiting(Optional<AuditNodeStatus> before, AuditNodeStatus now) {
        if (before.filter(known -> known.phase() == Phase.EFFECTIVE && isOfSameRevision(known, now))
                .isPresent()) {
            return new PhaseChange(EventRecorder.Type.Warning, "NoLongerEffective", note(now, message(now)));
        }
        return newOutcome(before, now)
                .filter(outcome -> outcome.result() == Result.ABANDONED)
                .map(outcome ->
                        new PhaseChange(EventRecorder.Type.Normal, "TurnAbandoned", note(now, outcome.message())))
                .orElseGet(() -> normal(now, message(now)));
    }

    private static PhaseChange observed(AuditNodeStatus now) {
        var summary = Optional.ofNullable(now.observed()).map(Observed::summary).orElse("");
        return new PhaseChange(
                EventRecorder.Type.Normal,
                ValueName.of(phase(now)),
                note(
                        now,
                        Stream.of("kube-apiserver " + version(now) + "runs: " + summary, message(now))
                                .filter(text -> !text.isEmpty())
                                .collect(joining("; "))));
    }

    private static Optional<TurnOutcome> newOutcome(Optional<AuditNodeStatus> before, AuditNodeStatus now) {
        var known = before.map(AuditNodeStatus::lastTurn).map(TurnOutcome::id);
        return Optional.ofNullable(now.lastTurn())
                .filter(outcome -> known.filter(outcome.id()::equals).isEmpty());
    }

    private static PhaseChange normal(AuditNodeStatus now, String text) {
        return new PhaseChange(EventRecorder.Type.Normal, ValueName.of(phase(now)), note(now, text));
    }

    private static PhaseChange warning(AuditNodeStatus now) {
        return new PhaseChange(EventRecorder.Type.Warning, ValueName.of(phase(now)), note(now, message(now)));
    }

    /** The agent has written {@code now}, and it always states a phase. */
    private static Phase phase(AuditNodeStatus now) {
        return Objects.requireNonNull(now.phase(), "phase is null");
    }

    private static String message(AuditNodeStatus now) {
        return Objects.requireNonNullElse(now.message(), "");
    }

    private static String note(AuditNodeStatus now, String text) {
        return (now.revision() == null ? "" : "revision " + now.revision() + ": ") + text;
    }

    private static String version(AuditNodeStatus now) {
        return Optional.ofNullable(now.kubeAPIServer())
                .map(KubeAPIServer::version)
                .map(version -> version + " ")
                .orElse("");
    }

    private static String restart(Optional<AuditNodeStatus> before, AuditNodeStatus now) {
        return newOutcome(before, now)
                .map(TurnOutcome::restart)
                .map(choice -> "; restart " + ValueName.of(choice.strategy()) + ", because " + choice.reason())
                .orElse("");
    }

    private static boolean isOfSameRevision(AuditNodeStatus one, AuditNodeStatus other) {
        return Objects.equals(one.revision(), other.revision());
    }
}
