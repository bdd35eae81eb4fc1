package dev.auditpolicy.agent.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.RestartChoice;
import dev.auditpolicy.api.v1alpha1.RestartChoice.Strategy;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ContainerStarts.Start;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.StartID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartChooserTest {

    private static final BootTime NOW = new BootTime("boot-1", 3_600_000);
    private static final String POD = "0123456789abcdef0123456789abcdef";
    private static final String EARLIER_POD = "fedcba9876543210fedcba9876543210";

    @Test
    void restartsInPlaceWhenOnlyThePolicyChanges() {
        assertThat(choose(false, Duration.ofMinutes(1), start(POD, 0)).strategy())
                .isEqualTo(Strategy.IN_PLACE);
    }

    @Test
    void recreatesThePodForOtherSettings() {
        assertThat(choose(true, Duration.ofHours(1), start(POD, 0))).satisfies(choice -> {
            assertThat(choice.strategy()).isEqualTo(Strategy.RECREATE);
            assertThat(choice.reason()).contains("flags or mounts");
        });
    }

    @Test
    void recreatesThePodWhileKubeletWouldBackOff() {
        var choice = choose(false, Duration.ofSeconds(90), start(POD, 0), start(POD, 1));

        assertThat(choice.strategy()).isEqualTo(Strategy.RECREATE);
        assertThat(choice.reason()).contains("restarted 90 s ago");
    }

    @Test
    void restartsInPlaceAfterKubeletHasResetItsBackOff() {
        assertThat(choose(false, RestartChooser.BACK_OFF_RESETS_AFTER, start(POD, 1))
                        .strategy())
                .isEqualTo(Strategy.IN_PLACE);
    }

    @Test
    void ignoresRestartsOfEarlierPods() {
        assertThat(choose(false, Duration.ofSeconds(90), start(EARLIER_POD, 3)).strategy())
                .isEqualTo(Strategy.IN_PLACE);
    }

    private static RestartChoice choose(boolean settingsChange, Duration age, Start... starts) {
        var startTicks = (NOW.millis() - age.toMillis()) / 10;
        var process =
                new ApiServerProcess(1, startTicks, Instant.EPOCH, POD, ProcessUser.ROOT, List.of("kube-apiserver"));
        return RestartChooser.choose(settingsChange, false, process, List.of(starts), NOW);
    }

    private static Start start(String pod, int restarts) {
        return new Start(new StartID(pod, restarts), Instant.EPOCH);
    }
}
