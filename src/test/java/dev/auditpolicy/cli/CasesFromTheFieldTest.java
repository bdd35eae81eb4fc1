package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that people had, and real manifests. */
final class CasesFromTheFieldTest extends CommandTestCase {

    private static final String CASES = "src/test/resources/cases/";
    private static final String CORPUS_OF_MANIFESTS = "src/test/resources/dev/auditpolicy/manifest/corpus/";
    private static final String POLICY = CASES + "plain-policy.yaml";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A50-unknown-spec-field.yaml | 7:3 | spec.rules: unknown field           | this is a field of spec.policy: move it there
            A51-name-not-cluster.yaml   | 3:12 | metadata.name: Invalid value: "prod" | rename it
            A52-rollout-typo.yaml       | 7:13 | spec.rollout.pausd: unknown field   | did you mean "paused"?
            A54-rollout-wrong-type.yaml | 7:13 | spec.rollout.paused: expected true or false, found the string "yes" | write true or false
            A56-no-backend.yaml         | 4:1 | spec: must have log or webhook       | set log.path
            54-auditd-path.yaml         | 10:5 | spec.log.path: Invalid value: "/var/log/audit/audit.log" | use a directory of its own
            """)
    void validateFindsWhatTheApiServerRejectsOrDrops(String file, String position, String message, String fix) {
        assertThat(run("validate", CASES + file).expectExitCode(1).out())
                .contains(file + ":" + position + ": error: " + message)
                .contains("  fix: " + fix);
    }

    @Test
    void validateLooksIntoAConfigMap() {
        String name = CASES + "A42-gardener-configmap.yaml";

        assertThat(run("validate", name).expectExitCode(1).out())
                .startsWith(name + " (data.policy):4:3: error: rules[0].level: Unsupported value: \"metadata\"");
    }

    @ParameterizedTest
    @CsvSource({
        "45-host-path-differs.yaml, /var/log/kubernetes/audit/kube-apiserver-audit.log, 30, 1",
        "49-fixed-uid.yaml, /var/log/kubernetes/audit/audit.log, 366, 100",
        "53-no-audit-flags.yaml, /var/log/kubernetes/audit/audit.log, 30, 10",
        "53c-policy-without-log-path.yaml, /var/log/kubernetes/audit/audit.log, 30, 10",
        "47b-tag-and-digest.yaml, /var/log/kubernetes/audit/audit.log, 0, 0",
        "51-v-1.5s-wait.yaml, /var/log/kubernetes/audit/audit.log, 366, 100",
        "M12-flow-command.yaml, /var/log/kubernetes/audit/audit.log, 30, 10",
        "M19-trailing-separator.yaml, /var/log/kubernetes/audit/audit.log, 30, 10",
        "M33b-anchor-and-alias.yaml, /var/log/kubernetes/audit/audit.log, 30, 10",
    })
    void importReadsTheFlags(String file, String path, int days, int backups) throws IOException {
        LogBackend log = imported(run("import", "--policy", POLICY, "--manifest", CASES + file));

        assertThat(log.path()).isEqualTo(path);
        assertThat(log.maxAgeDays()).isEqualTo(days);
        assertThat(log.maxBackups()).isEqualTo(backups);
    }

    @Test
    void importTakesFractions() {
        assertThat(run("import", "--policy", POLICY, "--manifest", CASES + "51-v-1.5s-wait.yaml")
                        .out())
                .contains("      maxWaitSeconds: 0.5\n      throttleQPS: 0.5\n");
    }

    @ParameterizedTest
    @CsvSource({"41-log-directly-in-var-log.yaml, 41:7", "48-stdout.yaml, 41:7"})
    void importNamesTheFlagThatCannotBe(String file, String position) {
        CommandResult result = run("import", "--policy", POLICY, "--manifest", CASES + file);

        assertThat(result.expectExitCode(1).err())
                .startsWith(CASES + file + ":" + position + ": error: --audit-log-path: ")
                .contains("pass --log-path")
                .doesNotContain("--help");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "example/kube-apiserver:latest",
                "example/kube-apiserver",
                "example:5000/kube-apiserver",
                "example/kube-apiserver@sha256:abab",
                "none"
            })
    void importSaysThatTheVersionIsUnknown(String image) throws IOException {
        String manifest = withImage("49-fixed-uid.yaml", image);
        CommandResult result = run("import", "--policy", POLICY, "--manifest", manifest);

        assertThat(result.expectExitCode(1).err())
                .contains("does not name a version")
                .contains("error: --audit-log-maxage: is not set, and the image does not name the version")
                .contains("  fix: pass --kubernetes-version");
        assertThat(imported(run("import", "--kubernetes-version", "1.35", "--policy", POLICY, "--manifest", manifest))
                        .maxBackups())
                .isZero();
    }

    private String withImage(String file, String image) throws IOException {
        String manifest = Files.readString(Path.of(CASES, file));
        return write(
                "manifest.yaml",
                image == null
                        ? manifest.replaceFirst("\n *image: .*", "")
                        : manifest.replaceFirst("image: .*", "image: " + image));
    }

    static Stream<Path> manifests() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(CORPUS_OF_MANIFESTS))) {
            return files.sorted().toList().stream();
        }
    }

    /** What an AuditPolicy cannot have is dropped, and named with its line. */
    @ParameterizedTest
    @MethodSource("manifests")
    void importUnderstandsEveryRealManifest(Path manifest) throws IOException {
        CommandResult result = run(
                "import",
                "--lenient",
                "--kubernetes-version",
                "1.35",
                "--policy",
                POLICY,
                "--manifest",
                manifest.toString());

        assertThat(imported(result).path()).startsWith("/var/log/");
        assertThat(result.err().lines().filter(line -> line.contains(": warning: --audit")))
                .allMatch(line -> line.matches(".*\\.(yaml|json):[0-9]+:[0-9]+: warning: .*"));
    }

    /** Each has audit flags, in a form of its own. */
    @ParameterizedTest
    @CsvSource({
        "gce-2018-sh-c-json-rendered.json, --audit-log-maxsize",
        "kops-1.35-audit-go-runner.yaml, --audit-log-path",
        "yukselao-kind-audit-v1.19.1.yaml, --audit-log-path"
    })
    void importReadsFlagsInEveryForm(String file, String flag) {
        assertThat(run("import", "--policy", POLICY, "--manifest", CORPUS_OF_MANIFESTS + file)
                        .expectExitCode(1)
                        .err())
                .contains(": error: " + flag + ": ");
    }

    @Test
    void importReadsAShellWithQuotesAndVariables() throws IOException {
        String manifest = write("manifest.yaml", """
                kind: DaemonSet
                spec:
                  template:
                    spec:
                      containers:
                      - image: registry.k8s.io/kube-apiserver:v1.35.0
                        env: [{name: DAYS, value: "7"}]
                        command: [/bin/sh, -ec]
                        args:
                        - |
                          mkdir -p /x; exec kube-apiserver --v=2 \\
                            --audit-log-path "/var/log/a/b.log" '--audit-log-maxage=$(DAYS)' \\
                            --audit-log-maxsize=0x10 >>/var/log/x 2>&1 --not-one=1
                        volumeMounts: [{name: log, mountPath: /var/log/a}]
                      volumes: [{name: log, hostPath: {path: /var/log/on-host/}}]
                """);

        LogBackend log = imported(run("import", "--policy", POLICY, "--manifest", manifest));

        assertThat(log).isEqualTo(new LogBackend("/var/log/on-host/b.log", 7, 0, 16, null, null, null, null, null));
    }

    @Test
    void importDividesRulesThatAreTooLong() {
        String users = String.join(
                ", ", IntStream.range(0, 300).mapToObj(index -> "u" + index).toList());
        String policy = write(
                "policy.yaml",
                "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n  users: [" + users
                        + "]\n- level: Metadata\n");

        CommandResult result = run("import", "--policy", policy);

        assertThat(result.err()).contains("note: rules with longer lists than an AuditPolicy can have are divided");
        assertThat(runWithInput(result.out(), "validate", "-")).isEqualTo(new CommandResult(0, "", ""));
        assertThat(result.out().lines().filter(line -> line.contains("level: \"None\"")))
                .hasSize(2);
    }

    @Test
    void validateNamesALimit() {
        String users = String.join(
                ", ", IntStream.range(0, 300).mapToObj(index -> "u" + index).toList());

        assertThat(runWithInput(
                                "apiVersion: auditpolicy.dev/v1alpha1\nkind: AuditPolicy\nmetadata: {name: cluster}\nspec:\n"
                                        + "  log: {path: /var/log/a/b.log}\n  policy:\n    rules:\n    - level: None\n      users: ["
                                        + users + "]\n",
                                "validate",
                                "-")
                        .expectExitCode(1)
                        .out())
                .contains("9:7: error: spec.policy.rules[0].users: too long: 300 items: must have at most 256")
                .contains("  fix: divide the list among several rules");
    }

    private static LogBackend imported(CommandResult result) throws IOException {
        AuditPolicy auditPolicy =
                new YAMLMapper().readValue(result.expectExitCode(0).out(), AuditPolicy.class);
        return Objects.requireNonNull(auditPolicy.getSpec().log());
    }
}
