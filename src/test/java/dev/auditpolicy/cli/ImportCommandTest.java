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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportCommandTest extends CommandTestCase {

    private static final String POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n";

    /** Files that kube-apiserver does not load. */
    private static final List<String> REJECTED = List.of(
            "audit2rbac-demo-v1beta1.yaml",
            "darrylnnon-broken-indent.yaml",
            "ferozsalam-gce-v1beta1.yaml",
            "juneau-work-duplicate-keys-v1beta1.yaml",
            "openshift-4.x-v1beta1-default.yaml",
            "talk4info-kops-v1beta1-broken.yaml");

    /** Files of which kube-apiserver silently drops a part. */
    private static final List<String> PARTLY_DROPPED = List.of(
            "honeycluster-unknown-field-stages.yaml",
            "openshift-library-go-allrequestbodies.yaml",
            "openshift-library-go-writerequestbodies.yaml");

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(CORPUS))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void convertsFilesThatKubeApiServerLoadsWhole(String file) throws IOException {
        CommandResult result = run("import", "--policy", CORPUS + file);

        if (REJECTED.contains(file) || PARTLY_DROPPED.contains(file)) {
            assertThat(result.expectExitCode(1).out()).isEmpty();
            assertThat(result.err()).contains(file + ":").contains(": error: ");
        } else {
            assertThat(result.err().replace(CORPUS + file + ": note: comments are not carried over\n", ""))
                    .isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(imported(result)).isEqualTo(loaded(file));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void dropsTheSamePartsAsKubeApiServerIfLenient(String file) throws IOException {
        CommandResult result = run("import", "--lenient", "--policy", CORPUS + file);

        if (REJECTED.contains(file)) {
            assertThat(result.exitCode()).isEqualTo(1);
        } else {
            assertThat(result.exitCode()).isZero();
            assertThat(result.err().contains(": warning: ")).isEqualTo(PARTLY_DROPPED.contains(file));
            assertThat(imported(result)).isEqualTo(loaded(file));
        }
    }

    @Test
    void readsStandardInputAndAppliesNameAndPath() {
        CommandResult result = runWithInput(
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

    static Stream<Arguments> droppedParts() {
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
    @MethodSource("droppedParts")
    void rejectsPartsThatWouldBeDropped(String rules, String error) {
        CommandResult result = runWithInput("apiVersion: audit.k8s.io/v1\nrules:\n" + rules, "import", "--policy", "-");

        assertThat(result.expectExitCode(1).out()).isEmpty();
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
            volumeMounts: [{name: log, mountPath: /var/log/kubernetes/audit}]
          volumes: [{name: log, hostPath: {path: /var/log/kubernetes/audit}}]
        """;

    @Test
    void readsLogSettingsFromTheManifest() {
        String manifest = write("kube-apiserver.yaml", MANIFEST);

        assertThat(runWithInput(POLICY, "import", "--policy", "-", "--manifest", manifest))
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

    /** The rotation defaults of an AuditPolicy differ from those of kube-apiserver, which changed in 1.36. */
    @Test
    void writesTheDefaultRotationOfTheVersion() {
        String newer = MANIFEST.replace("1.34.4", "1.36.3").replace("    - --audit-log-maxage=30\n", "");
        String manifest = write("kube-apiserver.yaml", newer);

        assertThat(runWithInput(POLICY, "import", "--policy", "-", "--manifest", manifest)
                        .out())
                .contains("maxAgeDays: 366", "maxBackups: 100", "maxSizeMB: 100");
        assertThat(runWithInput(
                                POLICY,
                                "import",
                                "--kubernetes-version",
                                "1.35",
                                "--policy",
                                "-",
                                "--manifest",
                                manifest)
                        .out())
                .contains("maxAgeDays: 0", "maxBackups: 0", "maxSizeMB: 100");
    }

    /** Before 1.36, the library that rotates takes 0 as 100. */
    @Test
    void takesASizeOfZeroAsItsVersionDoes() {
        String manifest = write(
                "kube-apiserver.yaml",
                MANIFEST.replace("--audit-log-maxage=30", "--audit-log-maxsize=0")
                        .replace("1.34.4", "1.36.3"));

        assertThat(runWithInput(POLICY, "import", "--policy", "-", "--manifest", manifest)
                        .expectExitCode(1)
                        .err())
                .contains("--audit-log-maxsize: since Kubernetes 1.36, 0 disables the rotation");
        assertThat(runWithInput(
                                POLICY,
                                "import",
                                "--kubernetes-version",
                                "1.35",
                                "--policy",
                                "-",
                                "--manifest",
                                manifest)
                        .expectExitCode(0)
                        .out())
                .contains("maxSizeMB: 100");
    }

    @Test
    void rejectsFlagsWithoutACorrespondingField() {
        String manifest = write(
                "kube-apiserver.yaml", MANIFEST.replace("--secure-port=6443", "--audit-dynamic-configuration=true"));

        CommandResult strict = runWithInput(POLICY, "import", "--policy", "-", "--manifest", manifest);
        CommandResult lenient = runWithInput(POLICY, "import", "--lenient", "--policy", "-", "--manifest", manifest);

        assertThat(strict.expectExitCode(1).out()).isEmpty();
        assertThat(strict.err())
                .contains("error: --audit-dynamic-configuration: has no corresponding field in an AuditPolicy");
        assertThat(lenient.expectExitCode(0).err())
                .contains("warning: --audit-dynamic-configuration: has no corresponding field in an AuditPolicy");
    }

    @Test
    void namesTheFlagThatAnUnknownOneProbablyMeans() {
        String manifest = write("kube-apiserver.yaml", MANIFEST.replace("audit-log-maxage", "audit-log-max-age"));

        CommandResult result = runWithInput(POLICY, "import", "--policy", "-", "--manifest", manifest);

        assertThat(result.expectExitCode(1).err())
                .contains("--audit-log-max-age: is no flag of kube-apiserver", "did you mean --audit-log-maxage?");
    }

    @Test
    void takesPodsThatAuditAlikeAsOne() {
        String manifest = write("pods.yaml", pods(pod("cp1", "30"), pod("cp2", "30")));

        assertThat(runWithInput(POLICY, "import", "--policy", "-", "--manifest", manifest)
                        .expectExitCode(0)
                        .out())
                .contains("maxAgeDays: 30");
    }

    @Test
    void wantsToKnowWhichOfPodsThatAuditDifferently() {
        String manifest = write("pods.yaml", pods(pod("cp1", "30"), pod("cp2", "7")));

        CommandResult unclear = runWithInput(POLICY, "import", "--policy", "-", "--manifest", manifest);
        CommandResult chosen = runWithInput(POLICY, "import", "--policy", "-", "--manifest", manifest, "--node", "cp2");

        assertThat(unclear.expectExitCode(1).err())
                .contains(
                        "kube-apiserver-cp1 (nodeName cp1), kube-apiserver-cp2 (nodeName cp2): choose one with --node");
        assertThat(chosen.expectExitCode(0).out()).contains("maxAgeDays: 7");
    }

    private static String pods(String... pods) {
        return "apiVersion: v1\nkind: List\nitems:\n"
                + Arrays.stream(pods).map(pod -> "-\n" + pod.indent(2)).collect(Collectors.joining());
    }

    private static String pod(String node, String maxAge) {
        return MANIFEST.replace("name: kube-apiserver\n  namespace", "name: kube-apiserver-" + node + "\n  namespace")
                .replace("spec:\n", "spec:\n  nodeName: " + node + "\n")
                .replace("maxage=30", "maxage=" + maxAge);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "/dev/stdout", "/dev/stderr"})
    void requiresAnotherPathThanStandardOutput(String path) {
        String toStdout = MANIFEST.replace("/var/log/kubernetes/audit/audit.log", path);
        String manifest = write("kube-apiserver.yaml", toStdout);

        CommandResult rejected = runWithInput(POLICY, "import", "--policy", "-", "--manifest", manifest);
        CommandResult withPath = runWithInput(
                POLICY, "import", "--policy", "-", "--manifest", manifest, "--log-path", "/var/log/a/b.log");

        assertThat(rejected.expectExitCode(1).err())
                .startsWith(manifest + ":13:7: error: --audit-log-path: \"" + path + "\" is the standard output")
                .contains("  fix: pass --log-path ");
        assertThat(withPath.expectExitCode(0).out()).contains("path: \"/var/log/a/b.log\"");
    }

    @Test
    void rejectsAFileThatIsNotAManifest() {
        CommandResult result =
                run("import", "--policy", CORPUS + "gce-2026.yaml", "--manifest", CORPUS + "gce-2026.yaml");

        assertThat(result.expectExitCode(1).err())
                .startsWith("error: --manifest ")
                .contains("no container runs kube-apiserver");
    }

    @Test
    void rejectsAnAuditPolicy() {
        CommandResult result =
                runWithInput("apiVersion: auditpolicy.dev/v1alpha1\nkind: AuditPolicy\n", "import", "--policy", "-");

        assertThat(result.expectExitCode(1).err()).startsWith("error: --policy -: already an AuditPolicy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/audit.log", "/var/log/audit.log", "-", "/var/log/a/../b/c.log", "/var/log/audit/audit.log"
            })
    void rejectsALogPathThatTheApiServerWouldReject(String path) {
        CommandResult result = runWithInput("", "import", "--policy", "-", "--log-path", path);

        assertThat(result.expectExitCode(2).err())
                .startsWith("error: --log-path " + path + ": ")
                .contains("such as /var/log/kubernetes/audit/audit.log");
    }

    @Test
    void rejectsAnInvalidName() {
        CommandResult result = runWithInput("", "import", "--policy", "-", "--name", "a\"b");

        assertThat(result.expectExitCode(2).err())
                .startsWith("error: --name a\"b: must consist of lower case alphanumeric characters");
    }

    @Test
    void reportsAMissingFile() {
        CommandResult result = run("import", "--policy", "src/test/resources/none.yaml");

        assertThat(result.expectExitCode(2).err())
                .startsWith("error: cannot read src/test/resources/none.yaml: no such file");
    }

    private static PolicyReading imported(CommandResult result) throws IOException {
        AuditPolicy auditPolicy = new YAMLMapper().readValue(result.out(), AuditPolicy.class);
        return new PolicyReader(KubernetesVersion.NEWEST_KNOWN)
                .read(auditPolicy.getSpec().policy(), "spec.policy");
    }

    private static PolicyReading loaded(String file) throws IOException {
        PolicyFileReading reading =
                new PolicyFileReader(KubernetesVersion.NEWEST_KNOWN).read(Files.readAllBytes(Path.of(CORPUS, file)));
        return new PolicyReading.ValidPolicy(((PolicyFileReading.Loaded) reading).policy());
    }
}
