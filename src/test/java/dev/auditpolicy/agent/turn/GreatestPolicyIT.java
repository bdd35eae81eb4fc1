package dev.auditpolicy.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent carries the greatest policy that the API server admits with the JVM flags of its DaemonSet. */
class GreatestPolicyIT {

    private static final Path MANIFEST =
            Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml");

    @TempDir
    Path directory;

    @Test
    void fitsTheHeapOfTheAgent() throws Exception {
        try (var apiServer = ApiServer.withOperator();
                var controller = apiServer.clientOf(Account.controller())) {
            var policies = Files.writeString(directory.resolve("policy.yaml"), GreatestPolicy.auditPolicy());
            apiServer
                    .kubectl()
                    .run("apply", "--server-side", "-f", policies.toString())
                    .expectSuccess();
            controller.resource(auditNode()).create();
            var kubeconfig = Files.writeString(directory.resolve("kubeconfig"), apiServer.kubeconfig());

            assertThat(runAgent(kubeconfig)).endsWith("exit status 0\n");
        }
    }

    private static AuditNode auditNode() {
        var log = new LogBackend("/var/log/kubernetes/audit/audit.log", 30, 10, 100, null, null, null, null, null);
        var node = new AuditNode();
        node.setMetadata(new ObjectMetaBuilder().withName("cp1").build());
        node.setSpec(new AuditNodeSpec("a", 1L, GreatestPolicy.file(), log, 3, 60));
        return node;
    }

    private String runAgent(Path kubeconfig) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                GreatestPolicyAgent.class.getName(),
                kubeconfig.toString(),
                MANIFEST.toString()));
        var output = directory.resolve("output");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var status = process.waitFor();
        return Files.readString(output) + "exit status " + status + "\n";
    }

    private static List<String> flags() throws IOException {
        var container = new ObjectMapper(new YAMLFactory())
                .readTree(ApiServer.BASE.resolve("agent.yaml").toFile())
                .at("/spec/template/spec/containers/0");
        var flags = container
                .path("env")
                .valueStream()
                .filter(variable -> variable.path("name").asText().equals("JDK_JAVA_OPTIONS"))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElseThrow();
        return Stream.of(flags.split("\\s+")).filter(flag -> !flag.isEmpty()).toList();
    }
}
