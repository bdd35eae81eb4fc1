package dev.auditpolicy.host.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.host.process.Preflight.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the real binary through a simulated /proc. */
class ProcPreflightIT {

    private static final String HEADER = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n";
    private static final Map<String, String> FLAGS = Map.of("audit-log-maxage", "30", "audit-log-path", "/var/log/a/b");
    private static final ApiServerProcess PROCESS =
            new ApiServerProcess(42, 1, Instant.EPOCH, "0".repeat(32), ProcessUser.ROOT, List.of("kube-apiserver"));

    @TempDir
    Path proc;

    @BeforeEach
    void aProcessWithTheBinary() throws IOException {
        try (var versions =
                Files.list(Path.of(System.getProperty("kube-api-test.dir")).resolve("k8s"))) {
            var program =
                    versions.sorted().reduce((_, later) -> later).orElseThrow().resolve("kube-apiserver");
            Files.createDirectories(proc.resolve("42"));
            Files.createSymbolicLink(proc.resolve("42/exe"), program.toAbsolutePath());
        }
    }

    @Test
    void acceptsAValidPolicy() throws Exception {
        assertThat(check(HEADER + "- level: Metadata\n", FLAGS)).isEqualTo(new Verdict.Loads());
    }

    @Test
    void quotesTheErrorAboutAnInvalidPolicy() throws Exception {
        assertThat(check(HEADER + "- level: Metadat\n", FLAGS))
                .isInstanceOfSatisfying(Verdict.Refuses.class, refuses -> assertThat(refuses.message())
                        .contains("rules[0].level: Unsupported value: \"Metadat\""));
    }

    @Test
    void quotesTheErrorAboutAnInvalidFlag() throws Exception {
        assertThat(check(HEADER + "- level: Metadata\n", Map.of("audit-log-maxage", "thirty")))
                .isInstanceOfSatisfying(Verdict.Refuses.class, refuses -> assertThat(refuses.message())
                        .contains("--audit-log-maxage", "thirty"));
    }

    @Test
    void rejectsAPolicyWithUnknownFields() throws Exception {
        assertThat(check(HEADER + "- level: Metadata\n  verb: [get]\n", FLAGS))
                .isInstanceOfSatisfying(Verdict.Refuses.class, refuses -> assertThat(refuses.message())
                        .contains("lenient", "verb"));
    }

    @Test
    void isNotPossibleWithoutTheBinary() throws Exception {
        Files.delete(proc.resolve("42/exe"));

        assertThat(check(HEADER + "- level: Metadata\n", FLAGS)).isInstanceOf(Verdict.NotPossible.class);
    }

    @Test
    void leavesNothingBehind() throws Exception {
        var before = leftovers();

        check(HEADER + "- level: Metadata\n", FLAGS);

        assertThat(leftovers()).isEqualTo(before);
    }

    private Verdict check(String policy, Map<String, String> flags) throws InterruptedException {
        return new ProcPreflight(proc).check(PROCESS, policy, flags);
    }

    private static List<Path> leftovers() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("preflight"))
                    .sorted()
                    .toList();
        }
    }
}
