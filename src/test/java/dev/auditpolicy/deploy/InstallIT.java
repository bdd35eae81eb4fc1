package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Installing, installing again and removing the operator with kubectl, on an API server of its own. */
class InstallIT {

    private static ApiServer apiServer;

    @BeforeAll
    static void install() {
        apiServer = ApiServer.withOperator();
    }

    @AfterAll
    static void stop() {
        if (apiServer != null) {
            apiServer.close();
        }
    }

    static List<Path> examples() throws IOException {
        try (var directories = Files.list(Path.of("deploy", "examples"))) {
            return directories.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void changesNothingWhenAppliedAgain() {
        assertThat(apiServer
                        .kubectl()
                        .run("apply", "-k", ApiServer.BASE.toString())
                        .expectSuccess()
                        .lines())
                .hasSizeGreaterThan(20)
                .allMatch(line -> line.endsWith(" unchanged"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void admitsTheExample(Path example) {
        assertThat(example.resolve("README.md")).isNotEmptyFile();
        apiServer
                .kubectl()
                .run("apply", "--server-side", "--dry-run=server", "--force-conflicts", "-k", example.toString())
                .expectSuccess();
    }

    @Test
    void runsTheControllerUnderTheRestrictedPodSecurityStandard() {
        try (var client = apiServer.client()) {
            apiServer.kubectl().run("create", "namespace", "restricted").expectSuccess();
            apiServer
                    .kubectl()
                    .run("label", "namespace", "restricted", "pod-security.kubernetes.io/enforce=restricted")
                    .expectSuccess();
            var template = client.apps()
                    .deployments()
                    .inNamespace("auditpolicy-system")
                    .withName("controller")
                    .get()
                    .getSpec()
                    .getTemplate();
            var pod = new PodBuilder()
                    .withNewMetadata()
                    .withName("controller")
                    .withNamespace("restricted")
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .build();
            assertThat(client.resource(pod).dryRun().create().getMetadata().getName())
                    .isEqualTo("controller");
        }
    }

    @Test
    void printsTheStoryOfANodeInReadingOrder() {
        assertThat(columns("auditnodes"))
                .containsExactly(
                        "Desired",
                        "Phase",
                        "Running",
                        "Proven",
                        "Version",
                        "Started",
                        "Last-Turn",
                        "Of-Revision",
                        "Owner",
                        "Audit",
                        "Message");
    }

    @Test
    void listsBothKindsByTheirCategoryAndEachByItsName() {
        try (var client = apiServer.client();
                var controller = apiServer.clientOf(Account.controller())) {
            client.resource(Samples.auditPolicy()).create();
            controller.resource(Samples.auditNode("cp1")).create();

            // First, because kubectl reads again what the API server has only if it misses a kind, not a category.
            assertThat(names("auditnode")).containsExactly("auditnode.auditpolicy.dev/cp1");
            assertThat(names("auditpolicy")).containsExactly("auditpolicy.auditpolicy.dev/cluster");
            assertThat(names("auditpolicy-operator"))
                    .containsExactlyInAnyOrder("auditpolicy.auditpolicy.dev/cluster", "auditnode.auditpolicy.dev/cp1");
        }
    }

    private static List<String> names(String resource) {
        return apiServer
                .kubectl()
                .run("get", resource, "-o", "name")
                .expectSuccess()
                .lines()
                .toList();
    }

    private static List<String> columns(String plural) {
        try (var client = apiServer.client()) {
            var kind = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(plural + ".auditpolicy.dev")
                    .get();
            return kind.getSpec().getVersions().getFirst().getAdditionalPrinterColumns().stream()
                    .map(CustomResourceColumnDefinition::getName)
                    .toList();
        }
    }

    /** The admission policies must not keep the objects of a kind that goes. */
    @Test
    void letsAnAdministratorRemoveTheCustomResources() {
        try (var other = ApiServer.withOperator();
                var controller = other.clientOf(Account.controller());
                var client = other.client()) {
            controller.resource(Samples.auditNode("cp1")).create();
            client.resource(Samples.auditPolicy()).create();
            other.kubectl()
                    .run("delete", "--timeout=60s", "-k", Path.of("crds").toString())
                    .expectSuccess();
            assertThat(client.apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .list()
                            .getItems())
                    .isEmpty();
            other.kubectl().run("apply", "-k", ApiServer.BASE.toString()).expectSuccess();
            other.kubectl()
                    .run("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all")
                    .expectSuccess();
            assertThat(client.resources(AuditNode.class).list().getItems()).isEmpty();
        }
    }
}
