package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.process.Preflight.Verdict;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.LogSettings;
import dev.auditpolicy.manifest.flags.LogSettingsCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link LogSettingsCheck} says about settings, the real binaries of the build's versions say, too. */
class LogSettingsIT {

    private static final long SEED = 7;
    private static final int SETTINGS = 12;
    private static final String POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: Metadata\n";
    private static final ApiServerProcess PROCESS =
            new ApiServerProcess(42, 1, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver"));

    @TempDir
    Path proc;

    static List<Path> binaries() throws IOException {
        try (Stream<Path> versions =
                Files.list(Path.of(System.getProperty("kube-api-test.dir")).resolve("k8s"))) {
            return versions.sorted()
                    .map(version -> version.resolve("kube-apiserver").toAbsolutePath())
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void everyVersionStartsWithSettingsThatAreValid(Path binary) throws Exception {
        var random = new Random(SEED);
        for (var count = 0; count < SETTINGS; count++) {
            var log = LogSettings.random(random);
            assertThat(LogSettingsCheck.check(log)).as("%s", log).isEmpty();

            assertThat(check(binary, AuditFlags.of(log))).as("%s", log).isEqualTo(new Verdict.Loads());
        }
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void noVersionStartsWithWhatIsRejected(Path binary) throws Exception {
        var batch = Map.of("audit-log-mode", "batch", "audit-log-batch-throttle-enable", "true");
        for (var refused : List.of(
                Map.of("audit-log-maxage", "-1"),
                Map.of("audit-log-maxbackup", "-1"),
                Map.of("audit-log-maxsize", "-1"),
                Map.of("audit-log-version", "audit.k8s.io/v1beta1"),
                Map.of("audit-log-format", "text"),
                Map.of("audit-log-mode", "strict"),
                Map.of("audit-log-truncate-max-event-size", "10485761"),
                Map.of("audit-log-mode", "batch", "audit-log-batch-buffer-size", "0"),
                Map.of("audit-log-mode", "batch", "audit-log-batch-max-size", "0"),
                Map.of("audit-log-batch-max-wait", "10000000000s"),
                Map.of("audit-log-batch-throttle-qps", "1e39"),
                batch,
                with(batch, "audit-log-batch-throttle-qps", "1e-60", "audit-log-batch-throttle-burst", "1"))) {
            assertThat(check(binary, refused)).as("%s", refused).isInstanceOf(Verdict.Refuses.class);
        }
    }

    private static Map<String, String> with(Map<String, String> flags, String... more) {
        var all = new HashMap<>(flags);
        for (var index = 0; index < more.length; index += 2) {
            all.put(more[index], more[index + 1]);
        }
        return all;
    }

    private Verdict check(Path binary, Map<String, String> flags) throws IOException, InterruptedException {
        Files.createDirectories(proc.resolve("42"));
        Files.deleteIfExists(proc.resolve("42/exe"));
        Files.createSymbolicLink(proc.resolve("42/exe"), binary);
        return new ProcPreflight(proc).check(PROCESS, POLICY, flags);
    }
}
