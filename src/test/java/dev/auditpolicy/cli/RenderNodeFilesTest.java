package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.SecretReference;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.cli.webhook.SecretReader;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.PolicyReader;
import dev.auditpolicy.policy.read.PolicyReading;
import dev.auditpolicy.policy.write.PolicyWriter;
import dev.auditpolicy.policy.write.Revision;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node needs to be audited from the first start. */
class RenderNodeFilesTest extends CommandTestCase {

    private static final String AUDIT_POLICY = """
            apiVersion: auditpolicy.dev/v1alpha1
            kind: AuditPolicy
            metadata: {name: cluster}
            spec:
              policy: {rules: [{level: Metadata}]}
              log: {path: /var/log/kubernetes/audit/audit.log}
            """;

    private static final String POLICY = """
            apiVersion: "audit.k8s.io/v1"
            kind: "Policy"
            rules:
            - level: "Metadata"
            """;

    @Test
    void writesThePolicyTheLogDirectoryAndBothPatches() throws IOException {
        render(AUDIT_POLICY).expectExitCode(0);

        assertThat(written())
                .containsOnlyKeys(
                        "etc/kubernetes/audit-policy.yaml",
                        "kubeadm-patches/kube-apiserver-auditpolicy+json.json",
                        "kubeadm-patches/kube-apiserver-auditpolicy+strategic.json")
                .containsEntry("etc/kubernetes/audit-policy.yaml", POLICY);
        assertThat(files().resolve("var/log/kubernetes/audit")).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(files().resolve("etc/kubernetes/audit-policy.yaml")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void printsTheCommandsForTheNode() {
        var patches = files().resolve("kubeadm-patches");

        assertThat(render(AUDIT_POLICY).expectExitCode(0).out())
                .contains(
                        "install -D -m 0600 " + files() + "/etc/kubernetes/audit-policy.yaml"
                                + " /etc/kubernetes/audit-policy.yaml\n",
                        "mkdir -p /var/log/kubernetes/audit\n",
                        "kubeadm join ... --control-plane --patches " + patches + "\n",
                        "patches: {directory: " + patches + "}\n");
    }

    @Test
    void quotesADirectoryForShellAndYaml() {
        var odd = directory.resolve("node's files");

        assertThat(runWithInput(AUDIT_POLICY, "render", "--node-files", odd.toString(), "-")
                        .expectExitCode(0)
                        .out())
                .contains(
                        "--patches '" + directory + "/node'\\''s files/kubeadm-patches'\n",
                        "patches: {directory: '" + directory + "/node''s files/kubeadm-patches'}\n");
    }

    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata: {name: audit-webhook, namespace: auditpolicy-system}
            stringData:
              kubeconfig: |
                current-context: c
                contexts: [{name: c, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: "https://192.0.2.1", insecure-skip-tls-verify: true}}]
                users: [{name: u, user: {tokenFile: token}}]
            data: {token: dG9rZW4=}
            """;

    private static final String WITH_WEBHOOK =
            AUDIT_POLICY + "  webhook: {kubeconfigSecret: {name: audit-webhook}, batch: {maxWaitSeconds: 5}}\n";

    @Test
    void writesTheFilesOfTheWebhook() throws IOException {
        var compiled = compiled();
        var onNode = compiled.directory().substring(1);

        var result = render(WITH_WEBHOOK, secret()).expectExitCode(0);

        assertThat(written())
                .containsEntry(onNode + "/token", "token")
                .containsKey(onNode + "/kubeconfig")
                .hasEntrySatisfying("kubeadm-patches/kube-apiserver-auditpolicy+json.json", flags -> assertThat(flags)
                        .contains("--audit-webhook-config-file=" + compiled.kubeconfigPath()))
                .hasEntrySatisfying(
                        "kubeadm-patches/kube-apiserver-auditpolicy+strategic.json",
                        parts -> assertThat(parts).contains(compiled.directory()));
        assertThat(Files.getPosixFilePermissions(files().resolve(onNode + "/token")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(result.out())
                .contains("  install -D -m 0600 -t " + compiled.directory() + " " + files() + "/" + onNode
                        + "/kubeconfig " + files() + "/" + onNode + "/token\n");
    }

    @Test
    void writesAWebhookWithoutALog() throws IOException {
        var webhookOnly = WITH_WEBHOOK.replaceFirst("(?m)^  log: .*\\n", "");

        assertThat(render(webhookOnly, secret()).expectExitCode(0).out()).doesNotContain("mkdir", "/var/log");
        assertThat(written().get("kubeadm-patches/kube-apiserver-auditpolicy+json.json"))
                .contains("--audit-webhook-config-file=")
                .doesNotContain("--audit-log");
    }

    @Test
    void hasTheRevisionWithTheWebhook() throws IOException {
        render(WITH_WEBHOOK, secret()).expectExitCode(0);

        var policy = new PolicyReader(KubernetesVersion.NEWEST_KNOWN)
                .read(
                        new YAMLMapper()
                                .readValue(WITH_WEBHOOK, AuditPolicy.class)
                                .getSpec()
                                .policy(),
                        "spec.policy");
        var log = LogBackend.at("/var/log/kubernetes/audit/audit.log").withDefaults();
        var revision = Revision.of(((PolicyReading.ValidPolicy) policy).policy(), log, compiled());
        assertThat(written().get("kubeadm-patches/kube-apiserver-auditpolicy+strategic.json"))
                .contains("\"auditpolicy.dev/revision\": \"" + revision + "\"");
    }

    @Test
    void needsTheSecretOfAWebhook() {
        assertThat(render(WITH_WEBHOOK).expectExitCode(1).err())
                .contains("--webhook-secret", "kubectl get secret audit-webhook -o yaml", "remove spec.webhook");
        assertThat(files()).doesNotExist();
    }

    @Test
    void takesTheWebhookOfAuditNodes() throws IOException {
        var node = webhookNode(compiled().kubeconfig());

        render(node, secret()).expectExitCode(0);

        assertThat(written()).containsKey(compiled().directory().substring(1) + "/token");
        assertThat(written().get("kubeadm-patches/kube-apiserver-auditpolicy+strategic.json"))
                .contains("\"auditpolicy.dev/revision\": \"a1\"");
    }

    @Test
    void refusesAnotherSecretThanThatOfTheAuditNodes() {
        assertThat(render(webhookNode("0123456789abcdef")).expectExitCode(2).err())
                .contains("--webhook-secret");
        assertThat(render(webhookNode("0123456789abcdef"), secret())
                        .expectExitCode(1)
                        .err())
                .contains("its kubeconfig is not the one that the nodes are to have");
        assertThat(files()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Secret        | kind: ConfigMap     | not a Secret",
                "name: audit-webhook | name: other         | is the Secret other",
                "token: dG9rZW4=     | ../token: dG9rZW4=  | something other than keys with text",
                "token: dG9rZW4=     | other: dG9rZW4=     | users[0].user.tokenFile",
                "token: dG9rZW4=     | token: '***'        | not in base64",
                "kind: Secret        | kind: [             | line 4 is not valid YAML"
            })
    void refusesAnUnusableSecret(String from, String to, String message) {
        var secret = write("secret.yaml", SECRET.replace(from, to));

        assertThat(render(WITH_WEBHOOK, secret).expectExitCode(1).err()).contains(message);
        assertThat(files()).doesNotExist();
    }

    private String secret() {
        return write("secret.yaml", SECRET);
    }

    private static NodeWebhook compiled() {
        var reading = new KubeconfigReader(InstantSource.system())
                .read(SecretReader.read(SECRET.getBytes(StandardCharsets.UTF_8)).keys());
        var hashes = ((KubeconfigReading.Usable) reading).kubeconfig().hashes();
        return new NodeWebhook(
                new WebhookBackend(
                        new SecretReference("audit-webhook"),
                        null,
                        null,
                        null,
                        new Batch(null, null, new BigDecimal(5), null, null, null),
                        null,
                        null),
                hashes.kubeconfig(),
                hashes.files());
    }

    private static String webhookNode(String hash) {
        return node("cp1", "a1", "a1")
                .replace(
                        "\"drainSeconds\"",
                        "\"webhook\": {\"settings\": {\"kubeconfigSecret\": {\"name\": \"audit-webhook\"}}, \"kubeconfig\": \""
                                + hash + "\", \"files\": \"" + hash + "\"}, \"drainSeconds\"");
    }

    /** An API server would have added the defaults of the log, and they are in the hash. */
    @ParameterizedTest
    @ValueSource(strings = {"metadata-only", "secrets-safe"})
    void hasTheRevisionThatTheOperatorCompiles(String example) throws IOException {
        var file = Path.of("deploy/examples", example, "auditpolicy.yaml");
        var stored = (ObjectNode) new YAMLMapper().readTree(file.toFile());
        ((ObjectNode) stored.at("/spec/log"))
                .put("maxAgeDays", LogBackend.DEFAULT_MAX_AGE_DAYS)
                .put("maxBackups", LogBackend.DEFAULT_MAX_BACKUPS)
                .put("maxSizeMB", LogBackend.DEFAULT_MAX_SIZE_MB);
        var spec = new YAMLMapper().treeToValue(stored, AuditPolicy.class).getSpec();
        var reading = new PolicyReader(KubernetesVersion.NEWEST_KNOWN).read(spec.policy(), "spec.policy");
        var compiled = ((PolicyReading.ValidPolicy) reading).policy();

        render(Files.readString(file)).expectExitCode(0);

        assertThat(written().get("etc/kubernetes/audit-policy.yaml")).isEqualTo(PolicyWriter.write(compiled));
        assertThat(written().get("kubeadm-patches/kube-apiserver-auditpolicy+strategic.json"))
                .contains("\"auditpolicy.dev/revision\": \"" + Revision.of(compiled, spec.log()) + "\"");
    }

    /** Whatever the revision is: the operator may be of another release than this command. */
    @Test
    void takesWhatAuditNodesAreToRunAsItIs() throws IOException {
        var nodes = list(node("cp1", "a1", "a1"), node("cp2", "a1", "a1"), "{kind: AuditNode, metadata: {name: cp3}}");

        assertThat(render(nodes).expectExitCode(0).err()).isEmpty();

        assertThat(written().get("etc/kubernetes/audit-policy.yaml")).isEqualTo("rules: [] # any bytes\n");
        assertThat(written().get("kubeadm-patches/kube-apiserver-auditpolicy+strategic.json"))
                .contains("\"auditpolicy.dev/revision\": \"a1\"");
    }

    @Test
    void saysThatTheRevisionIsNotProvenYet() {
        assertThat(render(list(node("cp1", "a1", "a1"), node("cp2", "a1", "a0")))
                        .expectExitCode(0)
                        .err())
                .contains("warning: revision a1 is not proven on cp2:");
    }

    @Test
    void saysThatAnotherRevisionIsTheLastProven() {
        assertThat(render(AUDIT_POLICY + "status: {committedRevision: a0}\n")
                        .expectExitCode(0)
                        .err())
                .contains("the last one that was proven on every node is a0");
    }

    @Test
    void refusesAuditNodesThatDiffer() {
        assertThat(render(list(node("cp1", "a1", "a1"), node("cp2", "a2", "a1")))
                        .expectExitCode(2)
                        .err())
                .contains("the nodes are to run different revisions", "cp1 a1, cp2 a2");
        assertThat(files()).doesNotExist();
    }

    @Test
    void refusesNodesThatAreBeingGivenBack() {
        assertThat(render(node("cp1", "a1", "a1").replace("\"revision\"", "\"restore\": \"r\", \"revision\""))
                        .expectExitCode(2)
                        .err())
                .contains("the AuditPolicy is being deleted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: None}]\n",
                "{apiVersion: v1, kind: ConfigMap, data: {a: b}}",
                "{kind: List, items: [{kind: AuditNode, metadata: {name: cp1}}]}",
                "{kind: AuditNode, metadata: {name: cp1}, spec: {revision: a1}}",
                "{kind: AuditNode, metadata: {name: cp1}, spec: {flags: [a]}}",
                "neither: [",
                ""
            })
    void refusesWhatIsNeither(String input) {
        assertThat(render(input).exitCode()).isIn(1, 2);
        assertThat(render(input).err()).contains("standard input: ").doesNotContain("Exception");
        assertThat(files()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/log/../../etc/a/audit.log",
                "/etc/a/audit.log",
                "/var/log/pods/a/audit.log",
                "/var/log/audit/audit.log",
                "a"
            })
    void writesNowhereElse(String path) {
        var policy = AUDIT_POLICY.replace("/var/log/kubernetes/audit/audit.log", path);
        var node = node("cp1", "a1", "a1").replace("/var/log/kubernetes/audit/audit.log", path);

        for (var input : List.of(policy, node)) {
            assertThat(render(input).expectExitCode(1).err()).contains("path");
            assertThat(files()).doesNotExist();
        }
    }

    @Test
    void overwritesNothing() throws IOException {
        Files.createDirectories(files());
        render(AUDIT_POLICY).expectExitCode(0);
        var before = written();

        assertThat(render(AUDIT_POLICY.replace("Metadata", "None"))
                        .expectExitCode(2)
                        .err())
                .contains("the directory is not empty");

        assertThat(written()).isEqualTo(before);
    }

    @Test
    void refusesAFileInThePlaceOfTheDirectory() throws IOException {
        Files.writeString(files(), "");

        assertThat(render(AUDIT_POLICY).expectExitCode(2).err()).contains("not a directory");
    }

    @Test
    void isEitherFilesOrFlags() {
        assertThat(runWithInput(AUDIT_POLICY, "render", "--flags", "--node-files", "x", "-")
                        .expectExitCode(2)
                        .err())
                .contains("exclude each other");
    }

    private CommandResult render(String input) {
        return runWithInput(input, "render", "--node-files", files().toString(), "-");
    }

    private CommandResult render(String input, String secret) {
        return runWithInput(input, "render", "--node-files", files().toString(), "--webhook-secret", secret, "-");
    }

    private Path files() {
        return directory.resolve("files");
    }

    private Map<String, String> written() throws IOException {
        var written = new TreeMap<String, String>();
        try (var paths = Files.walk(files())) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                written.put(files().relativize(path).toString(), Files.readString(path));
            }
        }
        return written;
    }

    private static String list(String... nodes) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [" + String.join(", ", nodes) + "]}";
    }

    private static String node(String name, String revision, String running) {
        return """
                {"apiVersion": "auditpolicy.dev/v1alpha1", "kind": "AuditNode", "metadata": {"name": "%s"}, "spec":
                {"revision": "%s", "policyGeneration": 3, "policy": "rules: [] # any bytes\\n", "log":
                {"path": "/var/log/kubernetes/audit/audit.log", "maxAgeDays": 30, "maxBackups": 10, "maxSizeMB": 100},
                "drainSeconds": 10, "verifyTimeoutSeconds": 180}, "status": {"running": {"revision": "%s"}}}
                """.formatted(name, revision, running);
    }
}
