package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ContainerStarts.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartChooserTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String POD = "0123456789abcdef0123456789abcdef";
    private static final String EARLIER_POD = "fedcba9876543210fedcba9876543210";
    private static final ApiServerProcess PROCESS =
            new ApiServerProcess(1, 1, NOW.minusSeconds(60), POD, 0, List.of("kube-apiserver"));

    @Test
    void restartsInPlaceWhenOnlyThePolicyChanges() {
        assertThat(choose(false, start(POD, 0, Duration.ofMinutes(1))).strategy())
                .isEqualTo(Strategy.IN_PLACE);
    }

    @Test
    void recreatesThePodForOtherSettings() {
        assertThat(choose(true, start(POD, 0, Duration.ofHours(1)))).satisfies(choice -> {
            assertThat(choice.strategy()).isEqualTo(Strategy.RECREATE);
            assertThat(choice.reason()).contains("flags or mounts");
        });
    }

    @Test
    void recreatesThePodWhileKubeletWouldBackOff() {
        var choice = choose(false, start(POD, 0, Duration.ofHours(1)), start(POD, 1, Duration.ofSeconds(90)));

        assertThat(choice.strategy()).isEqualTo(Strategy.RECREATE);
        assertThat(choice.reason()).contains("restarted 90 s ago");
    }

    @Test
    void restartsInPlaceAfterKubeletHasResetItsBackOff() {
        assertThat(choose(false, start(POD, 1, RestartChooser.BACK_OFF_RESETS_AFTER))
                        .strategy())
                .isEqualTo(Strategy.IN_PLACE);
    }

    @Test
    void ignoresRestartsOfEarlierPods() {
        assertThat(choose(false, start(EARLIER_POD, 3, Duration.ofSeconds(90))).strategy())
                .isEqualTo(Strategy.IN_PLACE);
    }

    private static RestartChoice choose(boolean settingsChange, Start... starts) {
        return RestartChooser.choose(settingsChange, PROCESS, List.of(starts), NOW);
    }

    private static Start start(String pod, int restarts, Duration ago) {
        return new Start(pod, restarts, NOW.minus(ago));
    }
}
