package dev.auditpolicy.agent.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auditpolicy.agent.RootedDisk;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookFilesTest {

    private static final KubeconfigReader READER = new KubeconfigReader(InstantSource.system());

    @TempDir
    private Path root;

    private final Map<String, byte[]> secret = new HashMap<>();
    private Optional<Map<String, byte[]>> served = Optional.of(secret);
    private WebhookFiles files;

    @BeforeEach
    void createNode() throws IOException {
        Files.createDirectories(root.resolve("etc/kubernetes"));
        files = new WebhookFiles(new NodeFiles(new RootedDisk(root)), _ -> served, READER);
        put("/events", "token-1");
    }

    private void put(String path, String token) {
        secret.put("token", token.getBytes(UTF_8));
        secret.put("kubeconfig", """
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "https://192.0.2.1%s", insecure-skip-tls-verify: true}}]
                users: [{name: u, user: {tokenFile: token}}]
                """.formatted(path).getBytes(UTF_8));
    }

    /** What the controller would compile from the Secret. */
    private NodeWebhook compiled() {
        assertThat(READER.read(secret)).isInstanceOf(KubeconfigReading.Usable.class);
        var hashes =
                ((KubeconfigReading.Usable) READER.read(secret)).kubeconfig().hashes();
        return new NodeWebhook(WebhookBackend.of("audit-webhook"), hashes.kubeconfig(), hashes.files());
    }

    private String onNode(NodeWebhook webhook, String name) throws IOException {
        return Files.readString(root.resolve(webhook.directory().substring(1)).resolve(name));
    }

    @Test
    void writesTheKeysOfTheSecretAsFiles() throws IOException {
        var webhook = compiled();
        files.write(webhook, ProcessUser.ROOT);

        assertThat(onNode(webhook, "token")).isEqualTo("token-1");
        assertThat(onNode(webhook, "kubeconfig")).contains("https://192.0.2.1/events");
        assertThat(Files.getPosixFilePermissions(
                        root.resolve(webhook.kubeconfigPath().substring(1))))
                .hasSize(2);
    }

    @Test
    void readsNoSecretWhileTheFilesAreUpToDate() throws IOException {
        var webhook = compiled();
        files.write(webhook, ProcessUser.ROOT);
        served = Optional.empty();

        assertThat(files.write(webhook, ProcessUser.ROOT).server()).hasPath("/events");
    }

    @Test
    void replacesATokenInPlace() throws IOException {
        var before = compiled();
        files.write(before, ProcessUser.ROOT);
        put("/events", "token-2");
        var after = compiled();
        files.write(after, ProcessUser.ROOT);

        assertThat(after.directory()).isEqualTo(before.directory());
        assertThat(onNode(before, "token")).isEqualTo("token-2");
    }

    @Test
    void writesAnotherKubeconfigToAnotherDirectory() throws IOException {
        var before = compiled();
        files.write(before, ProcessUser.ROOT);
        put("/other", "token-1");
        files.write(compiled(), ProcessUser.ROOT);

        assertThat(onNode(before, "kubeconfig")).contains("/events");
        assertThat(onNode(compiled(), "kubeconfig")).contains("/other");
    }

    @Test
    void deletesTheDirectoriesThatNoRevisionNeeds() throws IOException {
        var before = compiled();
        files.write(before, ProcessUser.ROOT);
        put("/other", "token-1");
        var after = compiled();
        files.write(after, ProcessUser.ROOT);
        files.deleteOthers(Stream.of(spec(after)));

        assertThat(root.resolve(before.directory().substring(1))).doesNotExist();
        assertThat(onNode(after, "kubeconfig")).contains("/other");
    }

    @Test
    void deletesTheParentDirectoryWithTheLastOne() throws IOException {
        files.write(compiled(), ProcessUser.ROOT);
        files.deleteOthers(Stream.empty());

        assertThat(root.resolve("etc/kubernetes")).isEmptyDirectory();
    }

    /** After a takeover, they are what the node gets back. */
    @Test
    void leavesTheFilesOfSomebodyElse() throws IOException {
        var certificates = Files.createDirectories(root.resolve("etc/kubernetes/audit-webhook/certificates"));
        var authority = Files.writeString(certificates.resolve("ca.crt"), "theirs");
        var kubeconfig = Files.writeString(certificates.resolveSibling("webhook.yaml"), "theirs");
        files.write(compiled(), ProcessUser.ROOT);

        files.deleteOthers(Stream.empty());

        assertThat(authority).hasContent("theirs");
        assertThat(kubeconfig).hasContent("theirs");
        assertThat(root.resolve(compiled().directory().substring(1))).doesNotExist();
    }

    @Test
    void namesASecretThatDoesNotExist() {
        served = Optional.empty();

        assertThatThrownBy(() -> files.write(compiled(), ProcessUser.ROOT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("audit-webhook")
                .hasMessageContaining("create it");
    }

    @Test
    void keepsItsFilesWhenTheSecretIsGone() throws IOException {
        var webhook = compiled();
        files.write(webhook, ProcessUser.ROOT);
        put("/events", "token-2");
        var rotated = compiled();
        served = Optional.empty();
        files.write(rotated, ProcessUser.ROOT);

        assertThat(onNode(webhook, "token")).isEqualTo("token-1");
    }

    @Test
    void waitsForTheControllerToReadAnotherKubeconfig() {
        var webhook = compiled();
        put("/other", "token-1");

        assertThatThrownBy(() -> files.write(webhook, ProcessUser.ROOT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("waiting for the controller");
    }

    @Test
    void namesWhatIsWrongWithTheKubeconfig() {
        var webhook = compiled();
        put("/events?index=audit", "token-1");

        assertThatThrownBy(() -> files.write(webhook, ProcessUser.ROOT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("clusters[0].cluster.server");
    }

    private static AuditNodeSpec spec(NodeWebhook webhook) {
        return new AuditNodeSpec(
                "revision",
                1L,
                "policy",
                LogBackend.at("/var/log/kubernetes/audit/audit.log"),
                webhook,
                3,
                120,
                null,
                null);
    }
}
