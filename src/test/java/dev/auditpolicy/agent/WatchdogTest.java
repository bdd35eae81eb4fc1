package dev.auditpolicy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private static final int LOOKS_OF_AN_HOUR = 120;

    private final Heartbeat heartbeat = new Heartbeat();
    private int looks;
    private int ends;

    @Test
    void endsAnAgentWhoseLoopHangsForSixMinutes() {
        heartbeat.beat();
        watchdog(() -> {}).run();

        assertThat(ends).isEqualTo(1);
        assertThat(looks).isEqualTo(13);
    }

    @Test
    void saysThatItHangsBeforeItEndsIt() {
        var watchdog = watchdog(() -> {});
        heartbeat.beat();
        for (var look = 0; look < 6; look++) {
            heartbeat.look();
            assertThat(watchdog.isWell()).isTrue();
        }
        heartbeat.look();
        assertThat(watchdog.isWell()).isFalse();
    }

    @Test
    void leavesALoopAloneThatWaitsForTheLock() {
        heartbeat.rest();
        watchdog(() -> {}).run();

        assertThat(ends).isZero();
    }

    @Test
    void leavesALongTurnAloneThatGetsOn() throws InterruptedException {
        var turn = heartbeat.during(_ -> {});
        heartbeat.beat();
        watchdog(() -> turn.sleep(Duration.ofMillis(500))).run();

        assertThat(ends).isZero();
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
                    if (++looks == LOOKS_OF_AN_HOUR) {
                        throw new InterruptedException();
                    }
                },
                () -> ends++);
    }
}
