package dev.auditpolicy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BootTimeTest {

    private static final BootTime NOON = new BootTime("boot-1", 1000);

    @Test
    void ordersMomentsOfOneBoot() {
        assertThat(NOON.isBefore(NOON.plus(Duration.ofMillis(1)))).isTrue();
        assertThat(NOON.isBefore(NOON)).isFalse();
        assertThat(NOON.plus(Duration.ofMillis(1)).isBefore(NOON)).isFalse();
    }

    @Test
    void everyMomentOfALaterBootIsLater() {
        assertThat(NOON.isBefore(new BootTime("boot-2", 0))).isTrue();
    }

    @Test
    void measuresTheTimeBetweenTwoMoments() {
        assertThat(NOON.until(new BootTime("boot-1", 3500))).isEqualTo(Duration.ofMillis(2500));
    }
}
