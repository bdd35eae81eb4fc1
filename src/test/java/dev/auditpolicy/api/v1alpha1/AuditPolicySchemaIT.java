package dev.auditpolicy.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.Kubectl;
import dev.auditpolicy.deploy.OperatorInstalled;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Applies sample manifests. Each {@code invalid-*.yaml} contains lines {@code # message: …}: what the error must
 * contain.
 */
@ExtendWith(OperatorInstalled.class)
class AuditPolicySchemaIT {

    private static final Path SAMPLES = Path.of("src", "test", "resources", "schema");
    private static final String MESSAGE = "# message: ";

    private final KubernetesClient client;
    private final Kubectl kubectl;

    @TempDir
    private Path directory;

    AuditPolicySchemaIT(ApiServer apiServer) {
        this.client = apiServer.client();
        this.kubectl = apiServer.kubectl();
    }

    @AfterEach
    void deleteAuditPolicy() {
        client.resources(AuditPolicy.class).delete();
        client.close();
    }

    static List<Path> invalidFiles() throws IOException {
        return samples("invalid-");
    }

    static List<Path> validFiles() throws IOException {
        return samples("valid-");
    }

    /** To kstatus, an object that was just created would otherwise be a completed one. */
    @Test
    void isNotObservedUntilTheControllerHasWrittenAStatus() throws IOException {
        serverSideApply(validFiles().getFirst()).expectSuccess();

        assertThat(client.resources(AuditPolicy.class).withName("cluster").get().getStatus())
                .isEqualTo(new AuditPolicyStatus(-1L, null, null, null, null, List.of()));
    }

    @ParameterizedTest
    @MethodSource("invalidFiles")
    void rejectsOnServerSideApply(Path file) throws IOException {
        assertRejected(file, serverSideApply(file));
    }

    @ParameterizedTest
    @MethodSource("invalidFiles")
    void rejectsOnClientSideApply(Path file) throws IOException {
        assertRejected(file, kubectl.run("apply", "-f", file.toString()));
    }

    @ParameterizedTest
    @MethodSource("validFiles")
    void storesThePolicyUnchanged(Path file) throws IOException {
        serverSideApply(file).expectSuccess();
        var sent = client.getKubernetesSerialization().unmarshal(Files.readString(file), AuditPolicy.class);
        assertThat(stored().getSpec().policy()).isEqualTo(sent.getSpec().policy());
    }

    @Test
    void appliesDefaults() {
        serverSideApply(SAMPLES.resolve("valid-minimal.yaml")).expectSuccess();
        var spec = stored().getSpec();
        assertThat(spec.log())
                .isEqualTo(new LogBackend(
                        "/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null));
        assertThat(spec.rollout()).isEqualTo(new Rollout(false, 10, 30, 180));
    }

    @Test
    void accepts512RulesOf20ResourcesOnServerSideApply() throws IOException {
        serverSideApply(policyOf(512, 20)).expectSuccess();
        assertThat(stored().getSpec().policy().get("rules")).hasSize(512);
    }

    @Test
    void rejectsListsThatAreTooLong() throws IOException {
        assertThat(serverSideApply(policyOf(513, 1)).expectFailure())
                .contains("spec.policy.rules: Too many: 513: must have at most 512 items");
        assertThat(serverSideApply(policyOf(1, 129)).expectFailure())
                .contains("spec.policy.rules[0].resources: Too many: 129: must have at most 128 items");
        assertNothingStored();
    }

    /** etcd accepts 1.5 MiB, kube-apiserver 3 MiB; their messages differ. */
    @Test
    void rejectsAnObjectThatIsTooLargeToStore() throws IOException {
        assertThat(serverSideApply(policyOf(512, 45)).expectFailure()).containsIgnoringCase("request is too large");
        assertThat(serverSideApply(policyOf(512, 128)).expectFailure()).containsIgnoringCase("entity too large");
        assertNothingStored();
    }

    @Test
    void explainsTheKindAndItsFields() {
        assertThat(kubectl.run("explain", "auditpolicy").expectSuccess())
                .contains("AuditPolicy configures the audit policy and the audit log")
                .contains("spec is the desired audit configuration of every kube-apiserver.")
                .doesNotContain("<no description>", "<empty>");
        assertThat(kubectl.run("explain", "auditnode").expectSuccess())
                .contains("AuditNode contains the desired audit configuration of one")
                .doesNotContain("<no description>", "<empty>");
        assertThat(kubectl.run("explain", "auditpolicy.spec.log.path").expectSuccess())
                .contains("path is the log file on each control-plane node")
                .contains("--audit-log-path");
    }

    @Test
    void printsTheColumnsInOrder() {
        serverSideApply(SAMPLES.resolve("valid-minimal.yaml")).expectSuccess();
        assertThat(columns("get", "auditpolicy"))
                .containsExactly("NAME", "READY", "REASON", "NODES", "REVISION", "AGE");
        assertThat(columns("get", "auditpolicy", "-o", "wide"))
                .containsExactly("NAME", "READY", "REASON", "NODES", "REVISION", "AGE", "MESSAGE");
    }

    private List<String> columns(String... arguments) {
        var header = kubectl.run(arguments).expectSuccess().lines().findFirst().orElseThrow();
        return List.of(header.strip().split("\\s+"));
    }

    private Kubectl.Result serverSideApply(Path file) {
        return kubectl.run("apply", "--server-side", "-f", file.toString());
    }

    private void assertRejected(Path file, Kubectl.Result result) throws IOException {
        var messages = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(MESSAGE))
                .map(line -> line.substring(MESSAGE.length()))
                .toList();
        assertThat(messages).as("messages that %s is to lead to", file).isNotEmpty();
        assertThat(result.expectFailure()).contains(messages);
        assertNothingStored();
    }

    private void assertNothingStored() {
        assertThat(client.resources(AuditPolicy.class).list().getItems()).isEmpty();
    }

    private AuditPolicy stored() {
        return client.resources(AuditPolicy.class).withName(AuditPolicy.NAME).get();
    }

    private Path policyOf(int rules, int resources) throws IOException {
        var groups = IntStream.range(0, resources)
                .mapToObj("      - {group: group-%d.example.com, resources: [pods, deployments]}"::formatted);
        var rule = Stream.concat(Stream.of("    - level: Metadata", "      resources:"), groups)
                .toList();
        var lines = Stream.of(
                        Stream.of(
                                "apiVersion: auditpolicy.dev/v1alpha1",
                                "kind: AuditPolicy",
                                "metadata: {name: cluster}",
                                "spec:",
                                "  log: {path: /var/log/kubernetes/audit/audit.log}",
                                "  policy:",
                                "    rules:"),
                        IntStream.range(0, rules).boxed().flatMap(_ -> rule.stream()))
                .flatMap(part -> part)
                .toList();
        return Files.write(directory.resolve("policy.yaml"), lines);
    }

    private static List<Path> samples(String prefix) throws IOException {
        try (var files = Files.list(SAMPLES)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }
}
