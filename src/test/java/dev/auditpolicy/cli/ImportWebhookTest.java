package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.webhook.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flags of an existing webhook as {@code spec.webhook}, and its kubeconfig as a Secret. */
class ImportWebhookTest extends CommandTestCase {

    private static final String LOG = "--audit-log-path=/var/log/kubernetes/audit/audit.log";
    private static final String CONFIG = "--audit-webhook-config-file=/etc/kubernetes/audit/webhook.yaml";

    private static final String KUBECONFIG = """
            # The receiver of the security team.
            apiVersion: v1
            kind: Config
            current-context: audit
            contexts: [{name: audit, context: {cluster: sink, user: node}}]
            clusters:
            - name: sink
              cluster:
                server: https://audit.example.com/events   # not the old one
                certificate-authority: /etc/sink/ca.crt
            users:
            - {name: node, user: {tokenFile: '/run/sink/token'}}
            """;

    @Test
    void everyFlagBecomesAField() {
        String manifest = manifest(
                LOG,
                CONFIG,
                "--audit-webhook-mode=batch",
                "--audit-webhook-initial-backoff=1500ms",
                "--audit-webhook-batch-buffer-size=20000",
                "--audit-webhook-batch-max-size=100",
                "--audit-webhook-batch-max-wait=5s",
                "--audit-webhook-batch-throttle-enable=false",
                "--audit-webhook-batch-throttle-qps=2.5",
                "--audit-webhook-batch-throttle-burst=0x10",
                "--audit-webhook-truncate-enabled",
                "--audit-webhook-truncate-max-batch-size=20000000",
                "--audit-webhook-truncate-max-event-size=65536",
                "--audit-webhook-version=audit.k8s.io/v1");

        assertThat(imported(manifest).expectExitCode(0).out()).endsWith("""
                  webhook:
                    kubeconfigSecret:
                      name: "audit-webhook"
                    mode: "batch"
                    initialBackoffSeconds: 1.5
                    batch:
                      bufferSize: 20000
                      maxSize: 100
                      maxWaitSeconds: 5
                      throttleEnable: false
                      throttleQPS: 2.5
                      throttleBurst: 16
                    truncate:
                      enabled: true
                      maxBatchSizeBytes: 20000000
                      maxEventSizeBytes: 65536
                """);
    }

    @Test
    void comesBackAsTheSameFlags() {
        List<String> flags = List.of(
                "--audit-webhook-mode=batch",
                "--audit-webhook-initial-backoff=2s",
                "--audit-webhook-batch-max-wait=5s",
                "--audit-webhook-truncate-enabled=true");
        String auditPolicy = imported(manifest(
                        Stream.concat(Stream.of(LOG, CONFIG), flags.stream()).toArray(String[]::new)))
                .out();

        assertThat(runWithInput(auditPolicy, "render", "--flags", "-").out().lines())
                .containsAll(flags);
    }

    /** A log that nobody had would fill a disk that nobody has planned. */
    @Test
    void addsNoLogToAWebhook() {
        assertThat(imported(manifest(CONFIG, "--audit-log-maxage=7"))
                        .expectExitCode(0)
                        .out())
                .contains("  webhook:")
                .doesNotContain("  log:");
        assertThat(runWithInput(imported(manifest(CONFIG)).out(), "validate", "-")
                        .exitCode())
                .isZero();
        assertThat(imported(manifest(CONFIG), "--log-path", "/var/log/a/b.log").out())
                .contains("path: \"/var/log/a/b.log\"");
    }

    @ParameterizedTest
    @CsvSource({
        "--audit-webhook-mode=async, spec.webhook cannot express the value \"async\"",
        "--audit-webhook-batch-max-wait=5, spec.webhook cannot express the value \"5\"",
        "--audit-webhook-initial-backoff=0s, Invalid value: 0",
        "--audit-webhook-batch-max-size=0, Invalid value: 0",
        "--audit-webhook-version=audit.k8s.io/v1beta1, has no corresponding field in spec.webhook",
        "--audit-webhook-batchmax-size=4, did you mean --audit-webhook-batch-max-size?"
    })
    void refusesAFlagThatNoFieldCanExpress(String flag, String reason) {
        String manifest = manifest(LOG, CONFIG, flag);
        String name = flag.substring(0, flag.indexOf('='));

        assertThat(imported(manifest).expectExitCode(1).err())
                .contains(":15:7: error: " + name + ": ")
                .contains(reason);
        CommandResult lenient = imported(manifest, "--lenient");
        assertThat(lenient.expectExitCode(0).err()).contains("warning: " + name + ": ");
        assertThat(lenient.out()).endsWith("    kubeconfigSecret:\n      name: \"audit-webhook\"\n");
    }

    /** kube-apiserver ignores them as well; the operator refuses them. */
    @Test
    void refusesBatchSettingsOfABlockingWebhook() {
        String manifest = manifest(LOG, CONFIG, "--audit-webhook-mode=blocking", "--audit-webhook-batch-max-size=4");

        assertThat(imported(manifest).expectExitCode(1).err())
                .contains("error: --audit-webhook-batch-max-size: has no effect unless webhook.mode is 'batch'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "blocking-strict"})
    void keepsAModeThatCanStopTheApiAndWarns(String mode) {
        CommandResult result = imported(manifest(LOG, CONFIG, "--audit-webhook-mode=" + mode));

        assertThat(result.expectExitCode(0).out()).contains("mode: \"" + mode + "\"\n    allowBlocking: true\n");
        assertThat(result.err()).contains("warning: --audit-webhook-mode: while the receiver is down");
    }

    @Test
    void readsTheOldNameOfTheBackoff() {
        String old = "--audit-webhook-batch-initial-backoff=3s";

        assertThat(imported(manifest(LOG, CONFIG, old)).expectExitCode(0).out()).contains("initialBackoffSeconds: 3");
        assertThat(imported(manifest(LOG, CONFIG, old, "--audit-webhook-initial-backoff=4s"))
                        .expectExitCode(1)
                        .err())
                .contains("sets the same as --audit-webhook-initial-backoff");
    }

    @Test
    void leavesOutFlagsWithoutAnEffect() {
        CommandResult result = imported(manifest(LOG, "--audit-webhook-mode=blocking"));

        assertThat(result.expectExitCode(0).out()).doesNotContain("webhook");
        assertThat(result.err())
                .contains("note: --audit-webhook-mode: has no effect without --audit-webhook-config-file");
    }

    @Test
    void saysHowTheKubeconfigBecomesASecret() {
        CommandResult result = imported(manifest(LOG, CONFIG));

        assertThat(result.expectExitCode(0).out()).contains("name: \"audit-webhook\"");
        assertThat(result.err())
                .contains(":14:7: warning: --audit-webhook-config-file: ", "/srv/audit/webhook.yaml of the node")
                .contains("  fix: copy that file and those that it names, and pass --webhook-kubeconfig FILE");
    }

    @Test
    void writesASecretThatOnlyItsOwnerCanRead() throws IOException {
        CommandResult result = converted(KUBECONFIG);

        assertThat(result.expectExitCode(0).out()).contains("kind: AuditPolicy").doesNotContain("s3cr3t", "Secret\n");
        assertThat(result.err()).doesNotContain("s3cr3t");
        assertThat(Files.getPosixFilePermissions(secretFile())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        JsonNode secret = new YAMLMapper().readTree(secretFile().toFile());
        assertThat(secret.at("/kind").asText()).isEqualTo("Secret");
        assertThat(secret.at("/metadata/name").asText()).isEqualTo("audit-webhook");
        assertThat(secret.at("/metadata/namespace").asText()).isEqualTo("auditpolicy-system");
        assertThat(keys()).containsOnlyKeys("kubeconfig", "ca.crt", "token").containsEntry("token", "s3cr3t\n");
    }

    @Test
    void changesOnlyThePathsInTheKubeconfig() throws IOException {
        converted(KUBECONFIG).expectExitCode(0);

        assertThat(keys().get("kubeconfig"))
                .isEqualTo(
                        KUBECONFIG.replace("/etc/sink/ca.crt", "\"ca.crt\"").replace("'/run/sink/token'", "\"token\""));
    }

    @Test
    void keepsTheLineBreaksOfAnotherSystem() throws IOException {
        String kubeconfig = KUBECONFIG.replace("\n", "\r\n");

        converted(kubeconfig).expectExitCode(0);

        assertThat(keys().get("kubeconfig"))
                .isEqualTo(
                        kubeconfig.replace("/etc/sink/ca.crt", "\"ca.crt\"").replace("'/run/sink/token'", "\"token\""));
    }

    @Test
    void readsJson() throws IOException {
        String json = new YAMLMapper().readTree(KUBECONFIG).toString();

        converted(json).expectExitCode(0);

        assertThat(keys().get("kubeconfig"))
                .isEqualTo(json.replace("/etc/sink/ca.crt", "ca.crt").replace("/run/sink/token", "token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no line break", "spaces at the end  \n", "\ttab\n\n\n", "a\r\nb\r\n", "ü: \"'#{}\n", "1"})
    void keepsEveryByteOfAFile(String content) throws IOException {
        write("token", content);

        converted(KUBECONFIG + "# " + content.lines().findFirst().orElseThrow(), "--lenient")
                .expectExitCode(0);

        assertThat(keys()).containsEntry("token", content);
    }

    @Test
    void findsFilesByTheirPathOnTheNode() throws IOException {
        write("node/etc/sink/ca.crt", authority());
        // The manifest mounts /srv/audit at /etc/kubernetes/audit.
        write("node/srv/audit/tokens/token", "by path\n");
        write("token", "besides\n");

        convertedWith(
                        KUBECONFIG.replace("/run/sink/token", "/etc/kubernetes/audit/tokens/token"),
                        "--webhook-files",
                        directory.resolve("node").toString())
                .expectExitCode(0);

        assertThat(keys()).containsEntry("token", "by path\n");
    }

    @Test
    void givesFilesOfTheSameNameDifferentKeys() throws IOException {
        write("etc/sink/ca.crt", authority());
        write("run/sink/ca.crt", "s3cr3t\n");

        convertedWith(KUBECONFIG.replace("/run/sink/token", "/run/sink/ca.crt")).expectExitCode(0);

        assertThat(keys()).containsOnlyKeys("kubeconfig", "ca.crt", "ca.crt-2").containsEntry("ca.crt-2", "s3cr3t\n");
    }

    @Test
    void refusesAKubeconfigWithoutItsFiles() {
        write("ca.crt", authority());

        CommandResult result = convertedWith(KUBECONFIG);

        assertThat(result.expectExitCode(1).out()).isEmpty();
        assertThat(result.err())
                .contains("error: users[0].user.tokenFile \"/run/sink/token\": there is no copy of this file at "
                        + directory.resolve("run/sink/token") + " or " + directory.resolve("token"))
                .contains("--webhook-files /")
                .doesNotContain("an absolute path");
        assertThat(secretFile()).doesNotExist();
    }

    @Test
    void refusesWhatTheOperatorWouldRefuse() {
        CommandResult result = converted(KUBECONFIG.replace("https://", "http://"));

        assertThat(result.expectExitCode(1).out()).isEmpty();
        assertThat(result.err())
                .contains(
                        "webhook.yaml: error: clusters[0].cluster.server \"http://audit.example.com/events\": over http,")
                .contains("  fix: use https://");
        assertThat(secretFile()).doesNotExist();
    }

    @Test
    void writesItToCorrectItLaterIfLenient() {
        assertThat(converted(KUBECONFIG.replace("https://", "http://"), "--lenient")
                        .expectExitCode(0)
                        .err())
                .contains("webhook.yaml: warning: clusters[0].cluster.server");
        assertThat(secretFile()).exists();
    }

    @Test
    void refusesAPathThatItCannotReplace() {
        String escaped = KUBECONFIG.replace("'/run/sink/token'", "\"\\x2frun/sink/token\"");

        assertThat(converted(escaped).expectExitCode(1).err()).contains("the path is not written in one piece");
    }

    @Test
    void overwritesNothing() throws IOException {
        Files.writeString(secretFile(), "mine");

        CommandResult result = converted(KUBECONFIG);

        assertThat(result.expectExitCode(2).out()).isEmpty();
        assertThat(result.err()).contains("--webhook-secret " + secretFile() + ": exists with other content");
        assertThat(secretFile()).hasContent("mine");
    }

    @Test
    void writesTheSameAgain() throws IOException {
        String first = converted(KUBECONFIG).out();

        assertThat(converted(KUBECONFIG).expectExitCode(0).out()).isEqualTo(first);
        Files.setPosixFilePermissions(secretFile(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(converted(KUBECONFIG).expectExitCode(2).err()).contains("chmod 600 " + secretFile());
    }

    @Test
    void wantsAllOptionsThatItNeeds() {
        assertThat(imported(manifest(LOG, CONFIG), "--webhook-kubeconfig", "a")
                        .expectExitCode(2)
                        .err())
                .contains("--webhook-kubeconfig requires --webhook-secret FILE");
        assertThat(imported(manifest(LOG, CONFIG), "--webhook-secret", "a")
                        .expectExitCode(2)
                        .err())
                .contains("no effect without --webhook-kubeconfig");
        assertThat(imported(manifest(LOG), "--webhook-kubeconfig", "a", "--webhook-secret", "b")
                        .expectExitCode(2)
                        .err())
                .contains("no effect without flag --audit-webhook-config-file");
        assertThat(imported(manifest(LOG, CONFIG), "--webhook-kubeconfig", "absent", "--webhook-secret", "b")
                        .expectExitCode(2)
                        .err())
                .contains("--webhook-kubeconfig absent: cannot read");
    }

    /** With its files beside the kubeconfig. */
    private CommandResult converted(String kubeconfig, String... options) {
        writeIfAbsent("ca.crt", authority());
        writeIfAbsent("token", "s3cr3t\n");
        return convertedWith(kubeconfig, options);
    }

    private void writeIfAbsent(String name, String content) {
        if (!Files.exists(directory.resolve(name))) {
            write(name, content);
        }
    }

    private CommandResult convertedWith(String kubeconfig, String... options) {
        return imported(
                manifest(LOG, CONFIG),
                Stream.concat(
                                Stream.of(
                                        "--webhook-kubeconfig",
                                        write("webhook.yaml", kubeconfig),
                                        "--webhook-secret",
                                        secretFile().toString()),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private CommandResult imported(String manifest, String... options) {
        return run(Stream.concat(
                        Stream.of("import", "--policy", write("policy.yaml", POLICY), "--manifest", manifest),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    private static final String POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n";

    private String manifest(String... flags) {
        StringBuilder text = new StringBuilder("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: kube-apiserver
                  namespace: kube-system
                spec:
                  containers:
                  - name: kube-apiserver
                    image: registry.k8s.io/kube-apiserver:v1.36.3
                    command:
                    - kube-apiserver
                    - --audit-policy-file=/etc/kubernetes/audit/policy.yaml
                """);
        Stream.of(flags).forEach(flag -> text.append("    - ").append(flag).append('\n'));
        return write("kube-apiserver.yaml", text + """
                    volumeMounts:
                    - {name: log, mountPath: /var/log/kubernetes/audit}
                    - {name: audit, mountPath: /etc/kubernetes/audit}
                  volumes:
                  - {name: log, hostPath: {path: /var/log/kubernetes/audit}}
                  - {name: audit, hostPath: {path: /srv/audit}}
                """);
    }

    private Path secretFile() {
        return directory.resolve("secret.yaml");
    }

    private Map<String, String> keys() throws IOException {
        Map<String, String> keys = new TreeMap<>();
        new YAMLMapper()
                .readTree(secretFile().toFile())
                .path("stringData")
                .properties()
                .forEach(key -> keys.put(key.getKey(), key.getValue().textValue()));
        return keys;
    }

    private static String authority() {
        Instant now = Instant.now();
        return new String(
                TestAuthority.pem(new TestAuthority("sink", now.minusSeconds(60), now.plusSeconds(3600)).certificate()),
                StandardCharsets.US_ASCII);
    }
}
