package dev.auditpolicy.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFileAccess;
import dev.auditpolicy.api.v1alpha1.LogFileMode;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFileKeeperTest {

    private static final ApiServerProcess PROCESS =
            new ApiServerProcess(7, 7, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of());
    private static final LogBackend LOG =
            new LogBackend("/var/log/a/audit.log", 30, 10, 100, null, null, null, null, null);

    private final List<String> applied = new ArrayList<>();
    private final LogFileKeeper keeper = new LogFileKeeper(
            (_, path, group, mode) -> applied.add(path + " " + group + " " + Integer.toOctalString(mode)));

    @Test
    void leavesTheLogAloneWithoutTheField() {
        assertThat(keeper.keep(LOG, PROCESS)).isEmpty();
        assertThat(applied).isEmpty();
    }

    @Test
    void letsTheGroupReadByDefault() {
        assertThat(keeper.keep(LOG.with(new LogFileAccess(1000, null)), PROCESS))
                .isEmpty();
        assertThat(applied).containsExactly("/var/log/a/audit.log 1000 640");
    }

    @Test
    void saysWhyTheLogCannotHaveIt() {
        var failing = new LogFileKeeper((_, _, _, _) -> {
            throw new IOException("read-only");
        });

        assertThat(failing.keep(LOG.with(new LogFileAccess(null, LogFileMode.OWNER)), PROCESS))
                .contains("log.file is not in effect: read-only");
    }
}
