package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** A real kube-apiserver with its etcd, no controller-manager and no nodes. */
public final class ApiServer implements AutoCloseable {

    /** The manifests of the operator. */
    public static final Path BASE = Path.of("deploy", "base");

    private final KubeAPIServer server;
    private final Config administrator;
    private final Kubectl kubectl;
    private final String kubeconfig;

    private ApiServer(KubeAPIServer server, Config administrator, Kubectl kubectl, String kubeconfig) {
        this.server = server;
        this.administrator = administrator;
        this.kubectl = kubectl;
        this.kubeconfig = kubeconfig;
    }

    /**
     * Starts an empty one, in about three seconds.
     *
     * @param flags of kube-apiserver, beside those that it needs
     */
    public static ApiServer start(String... flags) {
        return start(testDirectory(), flags);
    }

    private static ApiServer start(Path testDirectory, String... flags) {
        var binaries = newestBinaries();
        var version = binaries.getFileName().toString().split("-", 2)[0];
        var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(testDirectory.toString())
                .withApiServerVersion(version)
                .withOfflineMode(true)
                .withApiServerFlags(List.of(flags))
                .build());
        server.start();
        var kubeconfig = server.getKubeConfigYaml();
        return new ApiServer(server, Config.fromKubeconfig(kubeconfig), Kubectl.of(binaries, kubeconfig), kubeconfig);
    }

    /** Starts one and installs the operator on it as a user does. */
    public static ApiServer withOperator(String... flags) {
        return withOperator(testDirectory(), flags);
    }

    /** The same with the certificates in {@code testDirectory}, of which client.crt is also the authority of all clients. */
    public static ApiServer withOperator(Path testDirectory, String... flags) {
        var apiServer = start(testDirectory, flags);
        try {
            apiServer.install();
            return apiServer;
        } catch (RuntimeException | AssertionError e) {
            apiServer.close();
            throw e;
        }
    }

    private void install() {
        assertThat(kubectl.run("apply", "-k", BASE.toString()).expectSuccess()).doesNotContainIgnoringCase("warning");
        kubectl.run("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all")
                .expectSuccess();
        awaitAdmissionPolicies();
    }

    /** A policy is in force a moment after it was created, each for itself. */
    private void awaitAdmissionPolicies() {
        var auditPolicy = Samples.auditPolicyWithStatus("probe");
        var auditNode = Samples.auditNodeWithStatus("probe", "probe");
        try (var client = client();
                var controller = clientOf(Account.controller())) {
            client.resource(auditPolicy).create();
            controller.resource(auditNode).create();
            await("the admission policies are in force")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Refusal.of(() -> client.resource(auditNode).delete())
                                    .isPresent()
                            && Refusal.of(() -> client.resource(auditNode).updateStatus())
                                    .isPresent()
                            && Refusal.of(() -> client.resource(auditPolicy).updateStatus())
                                    .isPresent());
            controller.resource(auditNode).delete();
            client.resource(auditPolicy).delete();
        }
    }

    /** A client of the cluster's administrator. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(administrator).build();
    }

    /** A client of the administrator who acts as {@code account}. */
    public KubernetesClient clientOf(Account account) {
        return new KubernetesClientBuilder()
                .withConfig(account.impersonatedBy(administrator))
                .build();
    }

    /** The kubeconfig of the cluster's administrator. */
    public String kubeconfig() {
        return kubeconfig;
    }

    /** A program of the same Kubernetes version. */
    public Path binary(String name) {
        return newestBinaries().resolve(name);
    }

    /** kubectl as the cluster's administrator. */
    public Kubectl kubectl() {
        return kubectl;
    }

    @Override
    public void close() {
        server.stop();
        kubectl.close();
    }

    /** Where kube-api-test finds the programs and keeps its certificates. */
    public static Path testDirectory() {
        var given = System.getProperty("kube-api-test.dir", "");
        if (given.isEmpty()) {
            throw new IllegalStateException(
                    "no -Dkube-api-test.dir=DIRECTORY, where DIRECTORY has"
                            + " k8s/VERSION-linux-amd64/{etcd,kube-apiserver,kubectl}: run the integration tests by \"make it\"");
        }
        return Path.of(given);
    }

    private static Path newestBinaries() {
        try (var versions = Files.list(testDirectory().resolve("k8s"))) {
            return versions.max(Comparator.comparing(directory -> Runtime.Version.parse(
                            directory.getFileName().toString().split("-", 2)[0])))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
