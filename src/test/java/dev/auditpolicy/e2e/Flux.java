package dev.auditpolicy.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.lab.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Flux's kustomize-controller as a process of this machine, with the objects of deploy/examples/gitops-flux. There is no
 * source-controller: the test writes its part of the GitRepository, the artifact in the status.
 */
final class Flux implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAMESPACE = "flux-system";
    private static final String KUSTOMIZATION = "kustomization.kustomize.toolkit.fluxcd.io/auditpolicy";
    private static final Path LOG = Path.of("target", "kustomize-controller.log");

    private final Lab lab;
    private final Process controller;

    private Flux(Lab lab, Process controller) {
        this.lab = lab;
        this.controller = controller;
    }

    /** @param directory has the program and its CRDs, as src/gitops/kustomize-controller makes them */
    static Flux start(Lab lab, Path directory) {
        lab.kubectl("create", "namespace", NAMESPACE);
        lab.kubectl("apply", "--server-side", "-f", directory.resolve("crds").toString());
        lab.kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
        var builder = new ProcessBuilder(
                        directory.resolve("kustomize-controller").toString(),
                        "--metrics-addr=0",
                        "--health-addr=0",
                        "--watch-all-namespaces=true",
                        // Otherwise, a new revision waits until the timeout of one that is in progress.
                        "--feature-gates=CancelHealthCheckOnNewRevision=true")
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment().putAll(Map.of("KUBECONFIG", lab.kubeconfig().toString(), "RUNTIME_NAMESPACE", NAMESPACE));
        try {
            Files.createDirectories(LOG.getParent());
            return new Flux(lab, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void apply(Path sync) {
        lab.kubectl("apply", "-f", sync.toString());
    }

    /** Sets fields of the Kustomization's spec. */
    void configure(String spec) {
        lab.kubectl("-n", NAMESPACE, "patch", KUSTOMIZATION, "--type=merge", "-p", "{\"spec\":" + spec + "}");
    }

    /** As source-controller does when it has fetched a revision. */
    void publish(GitTree.Revision revision) {
        lab.kubectl(
                "-n",
                NAMESPACE,
                "patch",
                "gitrepository/cluster",
                "--subresource=status",
                "--type=merge",
                "-p",
                """
                {"status": {"artifact": {"revision": "%s", "url": "%s", "digest": "%s", "size": %d,
                  "path": "cluster.tar.gz", "lastUpdateTime": "%s"}}}""".formatted(revision.name(), revision.url(), revision.digest(), revision.size(), Instant.now()));
    }

    ObservedKustomization kustomization() {
        if (!controller.isAlive()) {
            throw new ClusterUnusableException("kustomize-controller has exited; its log is " + LOG);
        }
        try {
            return new ObservedKustomization(JSON.readTree(
                    lab.kubectl("-n", NAMESPACE, "get", KUSTOMIZATION, "-o", "json", "--request-timeout=5s")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        controller.destroy();
        try {
            if (!controller.waitFor(30, TimeUnit.SECONDS)) {
                controller.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
