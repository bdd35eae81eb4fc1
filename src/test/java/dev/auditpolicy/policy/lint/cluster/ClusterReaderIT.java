package dev.auditpolicy.policy.lint.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.Kubectl;
import dev.auditpolicy.deploy.OperatorInstalled;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reads what a real kubectl prints about a real kube-apiserver. */
@ExtendWith(OperatorInstalled.class)
final class ClusterReaderIT {

    private final Kubectl kubectl;

    ClusterReaderIT(ApiServer apiServer) {
        this.kubectl = apiServer.kubectl();
    }

    @Test
    void readsTheOpenApiDocument() {
        Discovery discovery = ClusterReader.resources(
                kubectl.run("get", "--raw", "/openapi/v2").expectSuccess());

        assertThat(discovery.find("auditpolicy.dev", "auditpolicies").orElseThrow())
                .returns(false, KnownResource::namespaced)
                .extracting(KnownResource::verbs)
                .asInstanceOf(InstanceOfAssertFactories.COLLECTION)
                .contains("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");
        assertThat(discovery.find("auditpolicy.dev", "auditnodes/status")).isPresent();
        assertThat(discovery.find("", "pods/exec").orElseThrow().namespaced()).isTrue();
        assertThat(builtIn()).as("built-in resources of stable APIs").allMatch(resource -> discovery
                .find(resource.group(), resource.name())
                .isPresent());
    }

    @Test
    void readsTheTableOfResources() {
        Discovery discovery = ClusterReader.resources(
                kubectl.run("api-resources", "-o", "wide").expectSuccess());

        assertThat(discovery
                        .find("auditpolicy.dev", "auditpolicies")
                        .orElseThrow()
                        .verbs())
                .contains("get", "list", "watch");
        assertThat(builtIn())
                .allMatch(resource ->
                        discovery.find(resource.group(), resource.name()).isPresent());
    }

    @Test
    void readsNamespaces() {
        assertThat(ClusterReader.namespaces(
                        kubectl.run("get", "namespaces", "-o", "name").expectSuccess()))
                .contains("default", "kube-system");
    }

    private static Stream<KnownResource> builtIn() {
        return Stream.of("", "apps", "batch", "rbac.authorization.k8s.io", "authentication.k8s.io")
                .flatMap(group -> BuiltInApi.RESOURCES.names(group).stream()
                        .map(name -> BuiltInApi.RESOURCES.find(group, name).orElseThrow()));
    }
}
