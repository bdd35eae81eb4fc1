package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyReader;
import dev.auditpolicy.policy.read.PolicyReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportCommandTest {

    private static final String POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n";

    private static final Path FOLDER = Path.of("src/test/resources/policies");

    /** What kube-apiserver does not load. */
    private static final List<String> REFUSED = List.of(
            "audit2rbac-demo-v1beta1.yaml",
            "darrylnnon-broken-indent.yaml",
            "ferozsalam-gce-v1beta1.yaml",
            "juneau-work-duplicate-keys-v1beta1.yaml",
            "openshift-4.x-v1beta1-default.yaml",
            "talk4info-kops-v1beta1-broken.yaml");

    /** What it loads without some of it. */
    private static final List<String> LENIENT = List.of(
            "honeycluster-unknown-field-stages.yaml",
            "openshift-library-go-allrequestbodies.yaml",
            "openshift-library-go-writerequestbodies.yaml");

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void makesAnAuditPolicyOfWhatKubeApiServerLoadsWhole(String file) throws IOException {
        CommandResult result =
                CommandResult.of("import", "--policy", FOLDER.resolve(file).toString());

        if (REFUSED.contains(file) || LENIENT.contains(file)) {
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains(file + ":").contains(": error: ");
        } else {
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(imported(result)).isEqualTo(loaded(file));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void dropsWhatKubeApiServerDropsIfLenient(String file) throws IOException {
        CommandResult result = CommandResult.of(
                "import", "--lenient", "--policy", FOLDER.resolve(file).toString());

        if (REFUSED.contains(file)) {
            assertThat(result.exitCode()).isEqualTo(1);
        } else {
            assertThat(result.exitCode()).isZero();
            assertThat(result.err().contains(": warning: ")).isEqualTo(LENIENT.contains(file));
            assertThat(imported(result)).isEqualTo(loaded(file));
        }
    }

    @Test
    void readsStandardInputAndTakesNameAndPath() {
        CommandResult result = CommandResult.withInput(
                "{\"apiVersion\": \"audit.k8s.io/v1\", \"rules\": [{\"level\": \"Metadata\"}]}",
                "import",
                "--policy",
                "-",
                "--name",
                "other",
                "--log-path",
                "/var/log/a/b.log");

        assertThat(result).isEqualTo(new CommandResult(0, """
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata:
                  name: "other"
                spec:
                  policy:
                    rules:
                    - level: "Metadata"
                  log:
                    path: "/var/log/a/b.log"
                """, ""));
    }

    static Stream<Arguments> vanishing() {
        return Stream.of(
                Arguments.of(
                        "- level: None\n  verb: [get]\n", "4:3: error: rules[0].verb: unknown field [AP002 dropped]"),
                Arguments.of(
                        "- level: None\n  level: Metadata\n",
                        "4:3: error: rules[0].level: duplicate field [AP002 dropped]"),
                Arguments.of(
                        "- level: None\n  users: [~]\n",
                        "4:11: error: rules[0].users[0]: null in a list [AP002 dropped]"),
                Arguments.of("- level: None\n---\nrules: []\n", "4:1: error: a second document [AP002 dropped]"));
    }

    @ParameterizedTest
    @MethodSource("vanishing")
    void refusesByNameAndLineWhatWouldVanish(String rules, String error) {
        CommandResult result =
                CommandResult.withInput("apiVersion: audit.k8s.io/v1\nrules:\n" + rules, "import", "--policy", "-");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("standard input:" + error);
    }

    private static final String MANIFEST = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: kube-apiserver
          namespace: kube-system
        spec:
          containers:
          - name: kube-apiserver
            image: registry.k8s.io/kube-apiserver:v1.34.4
            command:
            - kube-apiserver
            - --audit-policy-file=/etc/kubernetes/audit/policy.yaml
            - --audit-log-path=/var/log/kubernetes/audit/audit.log
            - --audit-log-maxage=30
            - --audit-log-mode=batch
            - --audit-log-batch-max-wait=1m30s
            - --audit-log-truncate-enabled
            - --audit-log-truncate-max-event-size=65536
            - --secure-port=6443
        """;

    @Test
    void takesTheLogFromTheManifest(@TempDir Path directory) throws IOException {
        Path manifest = Files.writeString(directory.resolve("kube-apiserver.yaml"), MANIFEST);

        assertThat(CommandResult.withInput(POLICY, "import", "--policy", "-", "--manifest", manifest.toString()))
                .isEqualTo(new CommandResult(0, """
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata:
                  name: "cluster"
                spec:
                  policy:
                    rules:
                    - level: "Metadata"
                  log:
                    path: "/var/log/kubernetes/audit/audit.log"
                    maxAgeDays: 30
                    maxBackups: 0
                    maxSizeMB: 100
                    mode: "batch"
                    batch:
                      maxWaitSeconds: 90
                    truncate:
                      enabled: true
                      maxEventSizeBytes: 65536
                """, ""));
    }

    /** Rotation has other defaults in an AuditPolicy than in kube-apiserver, and there other ones since 1.36. */
    @Test
    void writesTheRotationThatIsTheDefaultOfThatVersion(@TempDir Path directory) throws IOException {
        String newer = MANIFEST.replace("1.34.4", "1.36.3").replace("    - --audit-log-maxage=30\n", "");
        Path manifest = Files.writeString(directory.resolve("kube-apiserver.yaml"), newer);

        assertThat(CommandResult.withInput(POLICY, "import", "--policy", "-", "--manifest", manifest.toString())
                        .out())
                .contains("maxAgeDays: 366", "maxBackups: 100", "maxSizeMB: 100");
        assertThat(CommandResult.withInput(
                                POLICY,
                                "import",
                                "--kubernetes-version",
                                "1.35",
                                "--policy",
                                "-",
                                "--manifest",
                                manifest.toString())
                        .out())
                .contains("maxAgeDays: 0", "maxBackups: 0", "maxSizeMB: 100");
    }

    @Test
    void refusesFlagsThatHaveNoField(@TempDir Path directory) throws IOException {
        String webhook =
                MANIFEST.replace("--secure-port=6443", "--audit-webhook-config-file=/etc/kubernetes/webhook.conf");
        Path manifest = Files.writeString(directory.resolve("kube-apiserver.yaml"), webhook);

        CommandResult strict =
                CommandResult.withInput(POLICY, "import", "--policy", "-", "--manifest", manifest.toString());
        CommandResult lenient = CommandResult.withInput(
                POLICY, "import", "--lenient", "--policy", "-", "--manifest", manifest.toString());

        assertThat(strict.exitCode()).isEqualTo(1);
        assertThat(strict.out()).isEmpty();
        assertThat(strict.err()).contains("error: --audit-webhook-config-file: has no counterpart in spec.log");
        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.err()).contains("warning: --audit-webhook-config-file: has no counterpart in spec.log");
    }

    @Test
    void asksForAnotherPathIfThatOfTheManifestIsNotAllowed(@TempDir Path directory) throws IOException {
        String toStdout = MANIFEST.replace("/var/log/kubernetes/audit/audit.log", "-");
        Path manifest = Files.writeString(directory.resolve("kube-apiserver.yaml"), toStdout);

        CommandResult refused =
                CommandResult.withInput(POLICY, "import", "--policy", "-", "--manifest", manifest.toString());
        CommandResult withPath = CommandResult.withInput(
                POLICY, "import", "--policy", "-", "--manifest", manifest.toString(), "--log-path", "/var/log/a/b.log");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).startsWith("--log-path -: must be a file in a directory of its own");
        assertThat(withPath.exitCode()).isZero();
        assertThat(withPath.out()).contains("path: \"/var/log/a/b.log\"");
    }

    @Test
    void refusesWhatIsNoManifest() {
        CommandResult result = CommandResult.of(
                "import",
                "--policy",
                FOLDER.resolve("gce-2026.yaml").toString(),
                "--manifest",
                FOLDER.resolve("gce-2026.yaml").toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("--manifest ").contains("must be v1 Pod");
    }

    @Test
    void refusesAnAuditPolicy() {
        CommandResult result = CommandResult.withInput(
                "apiVersion: auditpolicy.dev/v1alpha1\nkind: AuditPolicy\n", "import", "--policy", "-");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("--policy -: is an AuditPolicy already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/audit.log", "/var/log/audit.log", "-", "/var/log/a/../b/c.log"})
    void refusesALogPathThatTheApiServerWouldRefuse(String path) {
        CommandResult result = CommandResult.withInput("", "import", "--policy", "-", "--log-path", path);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("--log-path " + path + ": must be a file in a directory of its own");
    }

    @Test
    void refusesANameThatIsNone() {
        CommandResult result = CommandResult.withInput("", "import", "--policy", "-", "--name", "a\"b");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("--name a\"b: must be a name of lower case letters");
    }

    @Test
    void namesAFileThatIsNotThere() {
        CommandResult result = CommandResult.of("import", "--policy", "src/test/resources/none.yaml");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("no such file: src/test/resources/none.yaml");
    }

    private static PolicyReading imported(CommandResult result) throws IOException {
        AuditPolicy auditPolicy = new YAMLMapper().readValue(result.out(), AuditPolicy.class);
        return new PolicyReader(KubernetesVersion.NEWEST_KNOWN)
                .read(auditPolicy.getSpec().policy(), "spec.policy");
    }

    private static PolicyReading loaded(String file) throws IOException {
        PolicyFileReading reading =
                new PolicyFileReader(KubernetesVersion.NEWEST_KNOWN).read(Files.readAllBytes(FOLDER.resolve(file)));
        return new PolicyReading.ValidPolicy(((PolicyFileReading.Loaded) reading).policy());
    }
}
