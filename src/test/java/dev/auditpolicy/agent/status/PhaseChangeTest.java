package dev.auditpolicy.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.telemetry.EventRecorder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhaseChangeTest {

    private static final TurnOutcome NO_TURN = null;

    @ParameterizedTest
    @EnumSource(Phase.class)
    void reportsAPhaseOnceAndNamesTheRevision(Phase phase) {
        var now = status(phase, "a", "why", NO_TURN);

        assertThat(PhaseChange.between(Optional.empty(), now)).hasValueSatisfying(change -> {
            assertThat(change.note()).startsWith("revision a: ");
            assertThat(change.reason()).isNotEmpty();
        });
        assertThat(PhaseChange.between(Optional.of(now), status(phase, "a", "more", NO_TURN)))
                .isEmpty();
    }

    @Test
    void reportsAnotherRevisionInTheSamePhase() {
        assertThat(PhaseChange.between(
                        Optional.of(status(Phase.REFUSED, "a", "no", NO_TURN)),
                        status(Phase.REFUSED, "b", "unknown field", NO_TURN)))
                .contains(new PhaseChange(EventRecorder.Type.Warning, "Refused", "revision b: unknown field"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"CHECKED", "PENDING"})
    void warnsIfARevisionIsNoLongerEffective(Phase phase) {
        assertThat(PhaseChange.between(
                        Optional.of(status(Phase.EFFECTIVE, "a", "", NO_TURN)),
                        status(phase, "a", "--audit-log-maxage is 7 and is to be 30", NO_TURN)))
                .contains(new PhaseChange(
                        EventRecorder.Type.Warning,
                        "NoLongerEffective",
                        "revision a: --audit-log-maxage is 7 and is to be 30"));
    }

    @Test
    void isNoWarningWhenANewRevisionIsChecked() {
        assertThat(PhaseChange.between(
                        Optional.of(status(Phase.EFFECTIVE, "a", "", NO_TURN)),
                        status(Phase.CHECKED, "b", "policy differs", NO_TURN)))
                .hasValueSatisfying(change -> assertThat(change.type()).isEqualTo(EventRecorder.Type.Normal));
    }

    @Test
    void reportsWhyATurnWasAbandoned() {
        assertThat(PhaseChange.between(
                        Optional.of(status(Phase.ACTING, "a", "", NO_TURN)),
                        status(Phase.CHECKED, "a", "policy differs", outcome(Result.ABANDONED, "kubeadm runs", null))))
                .contains(new PhaseChange(EventRecorder.Type.Normal, "TurnAbandoned", "revision a: kubeadm runs"));
    }

    @Test
    void reportsHowKubeApiserverRestartedAndWhy() {
        var choice = new RestartChoice(Strategy.IN_PLACE, "only the policy differs");
        assertThat(PhaseChange.between(
                        Optional.of(status(Phase.ACTING, "a", "", NO_TURN)),
                        status(Phase.EFFECTIVE, "a", "", outcome(Result.EFFECTIVE, "", choice))))
                .contains(new PhaseChange(
                        EventRecorder.Type.Normal,
                        "Effective",
                        "revision a: kube-apiserver v1.36.3 is verified to run it; restart InPlace, because only the policy"
                                + " differs"));
    }

    private static TurnOutcome outcome(Result result, String message, RestartChoice restart) {
        return new TurnOutcome("turn-1", "a", 1, result, Instant.parse("2026-01-01T00:00:00Z"), message, restart);
    }

    private static AuditNodeStatus status(Phase phase, String revision, String message, TurnOutcome lastTurn) {
        return new AuditNodeStatus(
                1L,
                phase,
                revision,
                phase == Phase.ACTING ? "turn-1" : null,
                lastTurn,
                new KubeAPIServer("v1.36.3", "10.0.0.1:6443", Instant.parse("2026-01-01T00:00:00Z")),
                null,
                message,
                null,
                List.of());
    }
}
