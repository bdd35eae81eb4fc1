package dev.auditpolicy.manifest.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.LogFormat;
import dev.auditpolicy.api.v1alpha1.LogVersion;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.SecretReference;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.api.v1alpha1.WebhookProbe;
import dev.auditpolicy.manifest.Manifests;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditFlagsTest {
    private static final String PATH = "/var/log/kubernetes/audit/audit.log";

    @Test
    void setsEveryFlagInTheOrderOfTheClosedList() {
        var batch = new Batch(1000, 100, BigDecimal.valueOf(5), true, BigDecimal.TEN, 15);
        var truncate = new Truncate(true, 2000L, 1000L);
        var log =
                new LogBackend(PATH, 1, 2, 3, true, LogFormat.LEGACY, Mode.BATCH, batch, truncate, LogVersion.V1, null);

        var flags = AuditFlags.of(log);

        assertThat(flags.keySet()).containsExactlyElementsOf(AuditFlags.LOG_NAMES);
        assertThat(flags)
                .contains(
                        entry("audit-policy-file", "/etc/kubernetes/audit-policy.yaml"),
                        entry("audit-log-path", PATH),
                        entry("audit-log-maxage", "1"),
                        entry("audit-log-maxbackup", "2"),
                        entry("audit-log-maxsize", "3"),
                        entry("audit-log-format", "legacy"),
                        entry("audit-log-version", "audit.k8s.io/v1"),
                        entry("audit-log-mode", "batch"),
                        entry("audit-log-batch-max-wait", "5s"),
                        entry("audit-log-batch-throttle-enable", "true"),
                        entry("audit-log-truncate-max-batch-size", "2000"),
                        entry("audit-log-truncate-max-event-size", "1000"));
    }

    @Test
    void setsEveryFlagOfBothBackends() {
        var batch = new Batch(1000, 100, BigDecimal.valueOf(5), true, BigDecimal.TEN, 15);
        var truncate = new Truncate(true, 2000L, 1000L);
        var log =
                new LogBackend(PATH, 1, 2, 3, true, LogFormat.LEGACY, Mode.BATCH, batch, truncate, LogVersion.V1, null);
        var webhook = new WebhookBackend(
                new SecretReference("audit-webhook"),
                Mode.BATCH,
                null,
                new BigDecimal("2.50"),
                batch,
                truncate,
                WebhookProbe.SKIP);

        var flags = AuditFlags.of(log, webhook, "/etc/kubernetes/audit-webhook/0/kubeconfig");

        assertThat(flags.keySet()).containsExactlyElementsOf(AuditFlags.NAMES);
        assertThat(flags)
                .contains(
                        entry("audit-webhook-config-file", "/etc/kubernetes/audit-webhook/0/kubeconfig"),
                        entry("audit-webhook-mode", "batch"),
                        entry("audit-webhook-initial-backoff", "2.5s"),
                        entry("audit-webhook-batch-max-wait", "5s"),
                        entry("audit-webhook-truncate-max-event-size", "1000"));
    }

    @Test
    void rejectsAWebhookThatBlocksWithoutConsent() {
        var blocking =
                new WebhookBackend(new SecretReference("audit-webhook"), Mode.BLOCKING, null, null, null, null, null);

        assertThat(BackendsCheck.check(null, blocking)).singleElement().satisfies(problem -> assertThat(
                        problem.describe())
                .contains("webhook.mode=blocking", "cannot start", "set webhook.allowBlocking to true"));
    }

    @Test
    void rejectsASpecWithoutABackend() {
        assertThat(BackendsCheck.check(null, null)).singleElement().satisfies(problem -> assertThat(problem.message())
                .contains("set log or webhook"));
    }

    @Test
    void boundsRotationByDefault() {
        assertThat(AuditFlags.of(Manifests.log(PATH)))
                .containsExactly(
                        entry("audit-policy-file", "/etc/kubernetes/audit-policy.yaml"),
                        entry("audit-log-path", PATH),
                        entry("audit-log-maxage", "30"),
                        entry("audit-log-maxbackup", "10"),
                        entry("audit-log-maxsize", "100"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/var/log/audit.log",
                "/var/;pg/k8s-audit.log",
                "/var/log/../etc/x.log",
                "/var/log/kubernetes/../../../etc/x",
                "/var/log/a/.hidden",
                "/var/log/pods/audit.log",
                "/var/log/containers/x/audit.log",
                "/var/log/audit/a b.log",
                "/var/log/audit/audit.log\n",
                "/var/log//audit.log",
                "/var/log/audit/",
                "/etc/kubernetes/audit/audit.log"
            })
    void rejectsAPathThatIsNotConfined(String path) {
        assertThatThrownBy(() -> AuditFlags.of(Manifests.log(path)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("log.path")
                .hasMessageContaining(path)
                .hasMessageContaining("such as /var/log/kubernetes/audit/audit.log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "/dev/stdout", "/dev/stderr"})
    void rejectsStandardOutputWithTheReasonAndWhatToDo(String path) {
        assertThat(LogSettingsCheck.check(Manifests.log(path))).singleElement().satisfies(problem -> assertThat(
                        problem.describe())
                .contains("log.path=" + path, "pods/log", "/var/log/kubernetes/audit/audit.log"));
    }

    @Test
    void rejectsNumbersThatAreNoneToKubeApiServer() {
        assertThat(List.of("1e-60", "1e39", "0", "-1")).allSatisfy(qps -> {
            var batch = new Batch(null, null, null, true, new BigDecimal(qps), 1);
            var log = new LogBackend(PATH, null, null, null, null, null, Mode.BATCH, batch, null);
            assertThat(LogSettingsCheck.check(log))
                    .extracting(ManifestProblem::field)
                    .containsExactly("log.batch.throttleQPS");
        });
        var longest = new Batch(null, null, new BigDecimal("1e10"), null, null, null);
        assertThat(LogSettingsCheck.check(
                        new LogBackend(PATH, null, null, null, null, null, Mode.BATCH, longest, null)))
                .extracting(ManifestProblem::field)
                .containsExactly("log.batch.maxWaitSeconds");
    }

    @Test
    void rejectsTheDirectoryOfTheLinuxAuditDaemon() {
        assertThat(LogSettingsCheck.check(Manifests.log("/var/log/audit/audit.log")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.describe())
                        .contains("log.path", "/var/log/audit/audit.log", "audit daemon"));
        assertThat(LogSettingsCheck.check(Manifests.log("/var/log/audit/kubernetes/audit.log")))
                .isEmpty();
    }

    @Test
    void hasTheFlagsOfAPathThatAnEarlierReleaseAccepted() {
        assertThat(AuditFlags.of(Manifests.log("/var/log/audit/audit.log")))
                .containsEntry("audit-log-path", "/var/log/audit/audit.log");
    }

    @Test
    void limitsThePathLength() {
        assertThat(LogSettingsCheck.check(Manifests.log("/var/log/a/" + "b".repeat(244))))
                .isEmpty();
        assertThat(LogSettingsCheck.check(Manifests.log("/var/log/a/" + "b".repeat(245))))
                .hasSize(1);
        assertThat(LogSettingsCheck.check(Manifests.log(null))).hasSize(1);
    }

    @Test
    void rejectsWhatKubeApiServerWouldNotStartWith() {
        var batch = new Batch(0, 0, BigDecimal.valueOf(-1), true, null, 0);
        var truncate = new Truncate(true, 10L, null);
        var log = new LogBackend(PATH, -1, -2, 0, null, null, Mode.BLOCKING, batch, truncate);

        assertThat(LogSettingsCheck.check(log).stream().map(problem -> problem.field() + "=" + problem.value()))
                .containsExactly(
                        "log.maxAgeDays=-1",
                        "log.maxBackups=-2",
                        "log.maxSizeMB=0",
                        "log.batch=",
                        "log.batch.bufferSize=0",
                        "log.batch.maxSize=0",
                        "log.batch.maxWaitSeconds=-1",
                        "log.batch.throttleBurst=0",
                        "log.batch.throttleEnable=true",
                        "log.truncate.maxBatchSizeBytes=10");
    }

    @Test
    void groupsProblemsByMessage() {
        var problems = List.of(
                new ManifestProblem("a", "1", "go"),
                new ManifestProblem("b", "", "come"),
                new ManifestProblem("c", "2", "go"));

        assertThat(ManifestProblem.summary(problems)).isEqualTo("a=1, c=2: go; b: come");
    }
}
