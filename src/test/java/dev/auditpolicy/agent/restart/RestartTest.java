package dev.auditpolicy.agent.restart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.BootTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartTest {

    private static final ApiServerProcess OUTDATED =
            new ApiServerProcess(7, 1, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver"));

    private final RecordedSignals signals = new RecordedSignals();
    private BootTime now = new BootTime("boot-1", 0);

    @Test
    void killsWhatKubeletStoppedOnlyAfterTheGracePeriod() throws Exception {
        var restart = new Restart(signals, () -> now, Duration.ofSeconds(10), true);
        restart.step(List.of(OUTDATED), true);
        after(2);
        restart.step(List.of(OUTDATED), false);
        after(9);
        restart.step(List.of(OUTDATED), false);
        assertThat(signals.sent).isEmpty();
        after(1);
        restart.step(List.of(OUTDATED), false);

        assertThat(signals.sent).containsExactly("KILL 7");
    }

    @Test
    void isAskedAgainWhenTheGracePeriodEnds() throws Exception {
        var restart = new Restart(signals, () -> now, Duration.ofMillis(1200), false);
        restart.step(List.of(OUTDATED), true);
        assertThat(restart.pause()).isEqualTo(StableReadiness.INTERVAL);
        after(1);

        assertThat(restart.pause()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void sendsNoSigtermWhileKubeletMayNotHaveNoticedTheManifest() throws Exception {
        var restart = new Restart(signals, () -> now, Duration.ofSeconds(10), true);
        restart.step(List.of(OUTDATED), true);
        after(29);
        restart.step(List.of(OUTDATED), true);

        assertThat(signals.sent).isEmpty();
    }

    @Test
    void sendsSigtermIfKubeletHasNoReasonTo() throws Exception {
        var restart = new Restart(signals, () -> now, Duration.ofSeconds(10), false);
        restart.step(List.of(OUTDATED), true);
        after(9);
        restart.step(List.of(OUTDATED), false);
        assertThat(signals.sent).containsExactly("TERM 7");
        after(1);
        restart.step(List.of(OUTDATED), false);

        assertThat(signals.sent).containsExactly("TERM 7", "KILL 7");
    }

    @Test
    void sendsSigtermBeforeSigkillAlsoIfTheProcessWasNeverReady() throws Exception {
        var restart = new Restart(signals, () -> now, Duration.ofSeconds(10), false);
        restart.step(List.of(OUTDATED), false);
        after(10);
        restart.step(List.of(OUTDATED), false);

        assertThat(signals.sent).containsExactly("TERM 7", "KILL 7");
    }

    @Test
    void signalsNoProcessThatIsUpToDate() throws Exception {
        var restart = new Restart(signals, () -> now, Duration.ZERO, false);
        after(60);
        restart.step(List.of(), false);

        assertThat(signals.sent).isEmpty();
    }

    private void after(int seconds) {
        now = now.plus(Duration.ofSeconds(seconds));
    }

    private static final class RecordedSignals implements ApiServerProcesses {

        private final List<String> sent = new ArrayList<>();

        @Override
        public List<ApiServerProcess> running() {
            return List.of();
        }

        @Override
        public Optional<String> fileSeenBy(ApiServerProcess process, String path) {
            return Optional.empty();
        }

        @Override
        public boolean isAlive(ApiServerProcess process) {
            return true;
        }

        @Override
        public void terminate(ApiServerProcess process) {
            sent.add("TERM " + process.pid());
        }

        @Override
        public void kill(ApiServerProcess process) {
            sent.add("KILL " + process.pid());
        }
    }
}
