package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcTickerTest {

    @Test
    void readsUptimeAndBootID(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("sys/kernel/random"));
        Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "boot-1\n");
        Files.writeString(proc.resolve("uptime"), "35022.71 69014.96\n");

        assertThat(new ProcTicker(proc).now()).isEqualTo(new BootTime("boot-1", 35_022_710));
    }

    /** Start times of processes are compared with it. */
    @Test
    void readsTheClockOfProcessStartTimes() throws IOException {
        var proc = new Proc(Path.of("/proc"));
        var started = proc.bootTime(proc.startTicks(ProcessHandle.current().pid()));

        assertThat(started.until(new ProcTicker().now())).isBetween(Duration.ZERO, Duration.ofHours(1));
    }
}
