package dev.auditpolicy.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.host.http.Credentials;
import dev.auditpolicy.host.http.HttpsAuditedRequests;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.host.log.ProcAuditLog;
import dev.auditpolicy.host.log.ProcLogPermissions;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.BootTime;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Runs against the log of a real kube-apiserver. */
@TestMethodOrder(OrderAnnotation.class)
class AuditLogIT {

    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - level: Request
              users: ["system:serviceaccount:auditpolicy-system:agent"]
              resources: [{group: auditpolicy.dev, resources: [auditnodes]}]
            - level: Metadata
            """;

    private static final ProcAuditLog log = new ProcAuditLog();

    @TempDir
    private static Path directory;

    private static String path;
    private static ApiServer apiServer;
    private static ApiServerProcess process;
    private static CanarySender sender;

    @BeforeAll
    static void aKubeApiServerThatAudits() throws IOException, GeneralSecurityException {
        // The group must be able to traverse it.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        path = directory.toRealPath().resolve("audit.log").toString();
        var policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
        apiServer = ApiServer.withOperator(
                "--audit-policy-file=" + policy, "--audit-log-path=" + path, "--audit-log-maxsize=1");
        process = process();
        try (var client = apiServer.client();
                var controller = apiServer.clientOf(Account.controller())) {
            controller.resource(auditNode()).create();
            var token = client.serviceAccounts()
                    .inNamespace("auditpolicy-system")
                    .withName("agent")
                    .tokenRequest(new TokenRequest())
                    .getStatus()
                    .getToken();
            var url = client.getMasterUrl();
            var requests = new CanaryRequests(
                    new HttpsAuditedRequests(trust(client.getConfiguration()), new Credentials.Token(() -> token)),
                    _ -> url.getHost() + ":" + url.getPort(),
                    "cp1");
            sender = new CanarySender(requests, log, AuditLogIT::uptime);
        }
    }

    @AfterAll
    static void stop() {
        apiServer.close();
    }

    @Test
    @Order(1)
    void opensTheFileOnDisk() throws IOException {
        assertThat(log.file(process, path)).isEqualTo(new LogFile.InPlace());
    }

    @Test
    @Order(2)
    void recordsTheAgentsRequestAtTheLevelOfThePolicy() throws Exception {
        assertThat(prove(POLICY)).isInstanceOfSatisfying(CanaryProof.Proven.class, proven -> {
            assertThat(proven.canary().level()).isEqualTo(Level.REQUEST);
            assertThat(Path.of(path)).content().contains(proven.canary().auditID());
        });
    }

    @Test
    @Order(3)
    void contradictsADifferentPolicy() throws Exception {
        assertThat(prove(POLICY.replace("level: Request", "level: None")))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.reason())
                        .contains("level Request", "no event"));
        assertThat(prove(POLICY.replace("omitStages: [RequestReceived]", "omitStages: [ResponseComplete]")))
                .isInstanceOfSatisfying(CanaryProof.NotProven.class, notProven -> assertThat(notProven.reason())
                        .contains("stage ResponseComplete", "stages RequestReceived"));
    }

    @Test
    @Order(4)
    void isReadAcrossItsOwnRotation() throws Exception {
        var from = log.end(process, path);
        requestUntilRotated();

        assertThat(log.file(process, path)).isEqualTo(new LogFile.InPlace());
        var meter = new LogMeter(log);
        meter.update(process, path, new LogFile.InPlace());
        prove(POLICY);
        meter.update(process, path, new LogFile.InPlace());
        assertThat(meter.get().events()).containsKey(Level.REQUEST);
        assertThat(meter.get().bytes()).isGreaterThan(1024 * 1024);
        assertThat(log.read(process, path, from, 16 * 1024 * 1024).next().isSameFileAs(log.end(process, path)))
                .isTrue();
    }

    /** So a group that may read the log is set once, for a log shipper that is not root (kubernetes#129121). */
    @Test
    @Order(5)
    void keepsItsGroupAndModeInItsRotation() throws Exception {
        var file = Path.of(path);
        var isRoot = "root".equals(System.getProperty("user.name"));
        var group = isRoot ? 12345 : (int) Files.getAttribute(file, "unix:gid");
        assertThat(new ProcLogPermissions().apply(process, path, group, 0640)).isTrue();

        requestUntilRotated();

        assertThat(new ProcLogPermissions().apply(process, path, group, 0640)).isFalse();

        assertThat(Files.readAttributes(file, "unix:gid,mode"))
                .containsEntry("gid", group)
                .hasEntrySatisfying(
                        "mode", mode -> assertThat((int) mode & 07777).isEqualTo(0640));
    }

    private static void requestUntilRotated() throws IOException {
        var from = log.end(process, path);
        try (var client = apiServer.client()) {
            while (log.end(process, path).isSameFileAs(from)) {
                client.namespaces().list();
            }
        }
    }

    /** kubernetes#111208: kube-apiserver reports no error. */
    @Test
    @Order(6)
    void writesToADeletedLogWithoutAnError() throws Exception {
        Files.delete(Path.of(path));

        assertThat(prove(POLICY)).isInstanceOf(CanaryProof.NotProven.class);
        assertThat(log.file(process, path)).isInstanceOfSatisfying(LogFile.Lost.class, lost -> assertThat(lost.reason())
                .contains("deleted", path));
    }

    private static AuditNode auditNode() {
        var node = new AuditNode();
        node.setMetadata(new ObjectMetaBuilder().withName("cp1").build());
        node.setSpec(spec(POLICY, "/var/log/kubernetes/audit/audit.log"));
        return node;
    }

    private static AuditNodeSpec spec(String policy, String logPath) {
        var settings = new LogBackend(logPath, 30, 10, 1, null, null, null, null, null);
        return new AuditNodeSpec("a", 1L, policy, settings, 3, 60);
    }

    private static CanaryProof.Answer prove(String policy) throws InterruptedException {
        return new CanaryProof(sender, Instant::now, AuditLogIT::uptime, AuditLogIT::sleep)
                .check(spec(policy, path), process, LogState.UNKNOWN, new LogUsage(0, 0, 0));
    }

    private static BootTime uptime() {
        return new BootTime("boot", Duration.ofNanos(System.nanoTime()).toMillis());
    }

    private static void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    /** The process of this test: others can run on the same machine. */
    private static ApiServerProcess process() {
        var handle = ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(argument -> argument.endsWith(path)))
                .findFirst()
                .orElseThrow();
        return new ApiServerProcess(
                handle.pid(),
                startTicks(handle.pid()),
                Instant.EPOCH,
                "0".repeat(32),
                ProcessUser.ROOT,
                List.of("kube-apiserver"));
    }

    private static long startTicks(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    private static SSLSocketFactory trust(Config config) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, SSLUtils.trustManagers(config), null);
        return context.getSocketFactory();
    }
}
