package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients that apply manifests and wait find at a real kube-apiserver. */
@ExtendWith(OperatorInstalled.class)
class GitOpsIT {

    private static final Path ARGOCD = Path.of("deploy", "gitops", "argocd");
    private static final Path HEALTH = ARGOCD.resolve("resource_customizations/auditpolicy.dev/AuditPolicy/health.lua");
    private static final String KEY = "resource.customizations.health.auditpolicy.dev_AuditPolicy";

    private final KubernetesClient client;
    private final KubernetesClient controller;
    private final Kubectl kubectl;

    GitOpsIT(ApiServer apiServer) {
        this.client = apiServer.client();
        this.controller = apiServer.clientOf(Account.controller());
        this.kubectl = apiServer.kubectl();
    }

    @AfterEach
    void deleteObjects() {
        client.resource(Samples.auditPolicy()).delete();
        controller.resource(Samples.auditNode("cp1")).delete();
        client.namespaces().withName("argocd").delete();
        client.close();
        controller.close();
    }

    @Test
    void kubectlGetsEmptyColumnsUntilTheControllerHasWrittenAStatus() {
        client.resource(Samples.auditPolicy()).create();

        assertThat(kubectl.run("get", "auditpolicy").expectSuccess().lines().skip(1))
                .singleElement()
                .asString()
                .matches("cluster +\\d+s *");
    }

    @Test
    void kubectlWaitsUntilTheControllerHasWrittenAStatus() {
        client.resource(Samples.auditPolicy()).create();

        assertThat(kubectl.run("wait", "--for=condition=Ready", "auditpolicy/cluster", "--timeout=1s")
                        .expectFailure())
                .contains("timed out waiting for the condition");
    }

    /** No client applies one and waits for it, and the controller detects by the absent status that no agent has reported. */
    @Test
    void anAuditNodeHasNoStatusUntilItsAgentHasWrittenOne() {
        controller.resource(Samples.auditNode("cp1")).create();

        assertThat(client.resources(AuditNode.class).withName("cp1").get().getStatus())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata-only", "secrets-safe", "gitops-argocd", "gitops-flux"})
    void noClientSeesADifferenceAfterItHasApplied(String example) {
        var directory = Path.of("deploy", "examples", example).toString();
        kubectl.run("apply", "-k", directory).expectSuccess();

        assertThat(kubectl.run("diff", "-k", directory).expectSuccess()).isEmpty();
        assertThat(kubectl.run(
                                "diff",
                                "--server-side",
                                "--force-conflicts",
                                "--field-manager=argocd-controller",
                                "-k",
                                directory)
                        .expectSuccess())
                .isEmpty();
    }

    @Test
    void theHealthScriptIsAddedToTheConfigMapOfArgoCd() throws IOException {
        givenArgoCd();

        kubectl.run(
                        "patch",
                        "configmap",
                        "argocd-cm",
                        "-n",
                        "argocd",
                        "--patch-file",
                        ARGOCD.resolve("argocd-cm.yaml").toString())
                .expectSuccess();

        var data = client.configMaps()
                .inNamespace("argocd")
                .withName("argocd-cm")
                .get()
                .getData();
        assertThat(data)
                .containsEntry(KEY, Files.readString(HEALTH))
                .containsEntry("url", "https://argocd.example.com");
    }

    @Test
    void theHealthScriptIsAddedByAComponentOfKustomize(@TempDir Path overlay) throws IOException {
        Files.writeString(overlay.resolve("argocd-cm.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-cm, namespace: argocd}
                data: {url: "https://argocd.example.com"}
                """);
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                "resources: [argocd-cm.yaml]\ncomponents: [%s]\n"
                        .formatted(overlay.toRealPath().relativize(ARGOCD.toRealPath())));

        assertThat(kubectl.run("kustomize", overlay.toString()).expectSuccess())
                .contains(KEY + ": |", "url: https://argocd.example.com");
    }

    private void givenArgoCd() {
        kubectl.run("create", "namespace", "argocd").expectSuccess();
        kubectl.run("create", "configmap", "argocd-cm", "-n", "argocd", "--from-literal=url=https://argocd.example.com")
                .expectSuccess();
    }
}
