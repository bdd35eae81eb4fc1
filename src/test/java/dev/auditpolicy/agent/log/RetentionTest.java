package dev.auditpolicy.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final long MEGABYTE = 1024 * 1024;

    @Test
    void countsTheCurrentFileInAdditionToRotatedFiles() {
        assertThat(retention(30, 10, 100).worstCaseBytes()).contains(1100 * MEGABYTE);
    }

    @Test
    void isUnboundedWithOnlyAMaximumAge() {
        assertThat(retention(30, 0, 100).worstCaseBytes()).isEmpty();
    }

    @Test
    void keepsUntilTheFirstLimit() {
        assertThat(retention(1, 10, 100).kept(1)).contains(Duration.ofDays(1));
        assertThat(retention(30, 10, 100).kept(MEGABYTE)).contains(Duration.ofSeconds(1000));
        assertThat(retention(0, 10, 100).kept(MEGABYTE)).contains(Duration.ofSeconds(1000));
    }

    @Test
    void keepsForeverWithoutLimits() {
        assertThat(retention(0, 0, 100).kept(MEGABYTE)).isEmpty();
        assertThat(retention(0, 10, 100).kept(0)).isEmpty();
    }

    private static Retention retention(int maxAgeDays, int maxBackups, int maxSizeMB) {
        return new Retention(new LogBackend(
                "/var/log/kubernetes/audit/audit.log",
                maxAgeDays,
                maxBackups,
                maxSizeMB,
                null,
                null,
                null,
                null,
                null));
    }
}
