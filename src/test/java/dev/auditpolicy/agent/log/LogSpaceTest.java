package dev.auditpolicy.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WhenSpaceIsShort;
import dev.auditpolicy.host.log.LogUsage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogSpaceTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long GIGABYTE = 1024 * MEGABYTE;
    private static final long FRESH_ETCD = 2 * GIGABYTE;
    private static final LogBackend DEFAULTS = log(10, null);

    /** A small control-plane node: 20 GB, three quarters of them used. */
    @Test
    void acceptsTheDefaultsOnASmallDisk() {
        assertThat(rejection(DEFAULTS, 0, 5 * GIGABYTE, 20 * GIGABYTE)).isEmpty();
    }

    @Test
    void rejectsALogThatLeavesNoSpaceForEtcd() {
        assertThat(rejection(DEFAULTS, 0, 3 * GIGABYTE, 20 * GIGABYTE)).hasValueSatisfying(reason -> assertThat(reason)
                .contains(
                        "1100 MB",
                        "log.maxSizeMB=100",
                        "log.maxBackups=10",
                        "3072 MB are free",
                        "2048 MB of them are reserved",
                        "whenSpaceIsShort"));
    }

    /** The current size of the log is not counted twice. */
    @Test
    void countsOnlyFutureGrowth() {
        assertThat(rejection(DEFAULTS, 1000 * MEGABYTE, 3 * GIGABYTE, 20 * GIGABYTE))
                .isEmpty();
    }

    @Test
    void reservesATenthOfTheDiskUpTo10GB() {
        assertThat(rejection(DEFAULTS, 0, 6 * GIGABYTE, 50 * GIGABYTE)).isPresent();
        assertThat(rejection(DEFAULTS, 0, 7 * GIGABYTE, 50 * GIGABYTE)).isEmpty();
        assertThat(rejection(DEFAULTS, 0, 12 * GIGABYTE, 2000 * GIGABYTE)).isEmpty();
    }

    @Test
    void rejectsAnUnboundedLog() {
        assertThat(rejection(log(0, null), 0, 1000 * GIGABYTE, 2000 * GIGABYTE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("log.maxBackups=0"));
    }

    @Test
    void acceptsAnythingWithProceed() {
        assertThat(rejection(log(0, WhenSpaceIsShort.PROCEED), 0, GIGABYTE, 20 * GIGABYTE))
                .isEmpty();
    }

    @Test
    void onlyWarnsIfEtcdIsElsewhere() {
        var space = LogSpace.of(DEFAULTS, new LogUsage(0, GIGABYTE, 20 * GIGABYTE));

        assertThat(space.rejection(DEFAULTS, Optional.empty())).isEmpty();
        assertThat(space.shortage()).isPresent();
    }

    private static Optional<String> rejection(LogBackend settings, long bytes, long free, long capacity) {
        return LogSpace.of(settings, new LogUsage(bytes, free, capacity)).rejection(settings, Optional.of(FRESH_ETCD));
    }

    private static LogBackend log(int maxBackups, WhenSpaceIsShort whenSpaceIsShort) {
        return new LogBackend(
                "/var/log/kubernetes/audit/audit.log",
                30,
                maxBackups,
                100,
                null,
                null,
                null,
                null,
                null,
                null,
                whenSpaceIsShort);
    }
}
