package dev.auditpolicy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private static final int CHECKS_PER_HOUR = 120;

    private final Heartbeat heartbeat = new Heartbeat();
    private int checks;
    private int terminations;

    @Test
    void terminatesAfterSixMinutesWithoutProgress() {
        heartbeat.beat();
        watchdog(() -> {}).run();

        assertThat(terminations).isEqualTo(1);
        assertThat(checks).isEqualTo(13);
    }

    @Test
    void isUnhealthyBeforeItTerminates() {
        var watchdog = watchdog(() -> {});
        heartbeat.beat();
        for (var check = 0; check < 6; check++) {
            heartbeat.check();
            assertThat(watchdog.isHealthy()).isTrue();
        }
        heartbeat.check();
        assertThat(watchdog.isHealthy()).isFalse();
    }

    @Test
    void doesNotTerminateWhileTheLoopWaitsForTheLock() {
        heartbeat.idle();
        watchdog(() -> {}).run();

        assertThat(terminations).isZero();
    }

    @Test
    void doesNotTerminateDuringALongTurn() throws InterruptedException {
        var turn = heartbeat.beatingBefore(_ -> {});
        heartbeat.beat();
        watchdog(() -> turn.sleep(Duration.ofMillis(500))).run();

        assertThat(terminations).isZero();
    }

    private interface Step {
        void take() throws InterruptedException;
    }

    private Watchdog watchdog(Step loop) {
        return new Watchdog(
                heartbeat,
                Thread.currentThread()::getStackTrace,
                _ -> {
                    loop.take();
                    if (++checks == CHECKS_PER_HOUR) {
                        throw new InterruptedException();
                    }
                },
                () -> terminations++);
    }
}
