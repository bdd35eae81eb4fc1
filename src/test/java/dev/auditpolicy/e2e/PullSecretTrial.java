package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The operator installed with deploy/examples/own-image, whose image needs a pull secret. From 1.35, kubelet refuses that image
 * to static pods. Runs with "make e2e-registry", and needs the Debian package docker-registry.
 */
@LabNodes(1)
class PullSecretTrial {

    /** Sets the registry of the example, as its README says. */
    private static final String OVERLAY = """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [../../deploy/examples/own-image]
            images:
            - name: registry.example.com/platform/auditpolicy-operator
              newName: %s/platform/auditpolicy-operator
            """.formatted(PrivateRegistry.HOST);

    private static Lab lab;
    private static PrivateRegistry registry;
    private static Operator operator;

    @BeforeAll
    static void anOperatorWhoseImageNeedsAPullSecret() throws IOException {
        lab = Lab.startAnew(1);
        registry = new PrivateRegistry(lab, lab.nodes().getFirst());
        registry.start();
        lab.kubectl("apply", "-f", "deploy/base/namespace.yaml");
        lab.kubectl(
                "-n",
                OperatorPods.NAMESPACE,
                "create",
                "secret",
                "docker-registry",
                "registry-example-com",
                "--docker-server=" + PrivateRegistry.HOST,
                "--docker-username=" + PrivateRegistry.USER,
                "--docker-password=" + PrivateRegistry.PASSWORD);
        var overlay = Files.createDirectories(Path.of("target/own-image"));
        Files.writeString(overlay.resolve("kustomization.yaml"), OVERLAY);
        operator = Operator.installed(lab, overlay.toString());
        lab.nodes().forEach(node -> registry.run(Change.MAKE_IMMUTABLE));
    }

    @AfterAll
    static void down() {
        lab.stop();
    }

    @Test
    void aTurnSucceeds() {
        assertThat(registry.pullRecords()).contains("kubernetesSecrets").contains("registry-example-com");

        operator.apply(Change.good().auditPolicy("pull-secret"));

        operator.awaitReady();
    }

    /** The registry is gone after the power cut, and the API does not answer before the guard has restored it. */
    @Test
    void theGuardRollsBackAfterAPowerCut() {
        operator.givenEffective();
        var site = new FaultSite(lab, operator, lab.nodes().getFirst());

        operator.apply(Change.logTo(Change.IMMUTABLE).auditPolicy("pull-secret-power-cut"));
        site.cutPowerAt(Moment.FILES_WRITTEN);

        operator.awaitStalled();
        assertThat(operator.message("Stalled")).contains(Change.NOT_PERMITTED);
    }
}
