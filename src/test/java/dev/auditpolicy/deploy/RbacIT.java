package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the shipped roles allow, to the last verb, as the API server itself sees it: all that the code needs and nothing else. Each
 * right is written as {@code verb resource.group/name}; what every service account has is left out.
 */
@ExtendWith(OperatorInstalled.class)
class RbacIT {

    private static final Set<String> CONTROLLER = Set.of(
            "get auditpolicies.auditpolicy.dev",
            "list auditpolicies.auditpolicy.dev",
            "patch auditpolicies.auditpolicy.dev",
            "watch auditpolicies.auditpolicy.dev",
            "update auditpolicies/status.auditpolicy.dev",
            "create auditnodes.auditpolicy.dev",
            "delete auditnodes.auditpolicy.dev",
            "get auditnodes.auditpolicy.dev",
            "list auditnodes.auditpolicy.dev",
            "update auditnodes.auditpolicy.dev",
            "update auditnodes/status.auditpolicy.dev",
            "watch auditnodes.auditpolicy.dev",
            "list nodes",
            "watch nodes",
            "get certificatesigningrequests.certificates.k8s.io",
            "list certificatesigningrequests.certificates.k8s.io",
            "watch certificatesigningrequests.certificates.k8s.io",
            "update certificatesigningrequests/approval.certificates.k8s.io",
            "approve signers.certificates.k8s.io/kubernetes.io/kube-apiserver-client");

    private static final Set<String> AGENT = Set.of(
            "get auditpolicies.auditpolicy.dev/cluster",
            "list auditpolicies.auditpolicy.dev/cluster",
            "watch auditpolicies.auditpolicy.dev/cluster",
            "get auditnodes.auditpolicy.dev",
            "list auditnodes.auditpolicy.dev",
            "watch auditnodes.auditpolicy.dev",
            "update auditnodes/status.auditpolicy.dev");

    private static final Set<String> EVENTS = Set.of("create events.events.k8s.io");

    private static final Set<String> WEBHOOK = Set.of("get secrets/audit-webhook");

    private static final Set<String> REVISIONS = Set.of(
            "create controllerrevisions.apps",
            "delete controllerrevisions.apps",
            "get controllerrevisions.apps",
            "list controllerrevisions.apps",
            "list pods",
            "get configmaps/enrolled-hosts");

    private static final Set<String> RENEWAL = Set.of(
            "create certificatesigningrequests.certificates.k8s.io",
            "get certificatesigningrequests.certificates.k8s.io");

    private static final Set<String> LEASES = Set.of("list leases.coordination.k8s.io");

    private final ApiServer apiServer;

    RbacIT(ApiServer apiServer) {
        this.apiServer = apiServer;
    }

    @Test
    void allowsNothingNamespacedInOtherNamespaces() {
        assertThat(rights(Account.controller(), "some-namespace")).isEqualTo(CONTROLLER);
        assertThat(rights(Account.agentOn("cp1"), "some-namespace")).isEqualTo(AGENT);
    }

    @Test
    void allowsInTheOwnNamespaceTheCommittedRevisionTheAgentsPodsAndTheSecretOfTheWebhook() {
        assertThat(rights(Account.controller(), "auditpolicy-system"))
                .isEqualTo(union(CONTROLLER, union(REVISIONS, WEBHOOK)));
        assertThat(rights(Account.agentOn("cp1"), "auditpolicy-system"))
                .isEqualTo(union(AGENT, union(WEBHOOK, Set.of("get pods"))));
    }

    @Test
    void allowsBothRolesEventsWhereThoseOfClusterScopedObjectsLive() {
        assertThat(rights(Account.controller(), "default")).isEqualTo(union(CONTROLLER, EVENTS));
        assertThat(rights(Account.agentOn("cp1"), "default")).isEqualTo(union(AGENT, EVENTS));
    }

    @Test
    void allowsBothRolesToListTheLeasesOfTheApiServers() {
        assertThat(rights(Account.controller(), "kube-system"))
                .isEqualTo(union(CONTROLLER, union(LEASES, Set.of("watch leases.coordination.k8s.io"))));
        assertThat(rights(Account.agentOn("cp1"), "kube-system")).isEqualTo(union(AGENT, LEASES));
    }

    /** It is no pod, and renews its certificate instead of its token. */
    @ParameterizedTest
    @ValueSource(strings = {"some-namespace", "auditpolicy-system", "default", "kube-system"})
    void allowsAnAgentWithACertificateWhatItAllowsOneWithAToken(String namespace) {
        var expected = new TreeSet<>(union(rights(Account.agentOn("cp1"), namespace), RENEWAL));
        expected.remove("get pods");

        assertThat(rights(Account.hostAgent("cp1"), namespace)).isEqualTo(expected);
    }

    /** Kubernetes' own roles allow it to everybody; these must do without. */
    @ParameterizedTest
    @CsvSource({"auditpolicy-controller, /readyz /version", "auditpolicy-agent, /readyz /version /metrics"})
    void asksTheApiServersByARightOfItsOwn(String name, String paths) {
        try (var client = apiServer.client()) {
            assertThat(client.rbac().clusterRoles().withName(name).get().getRules())
                    .anySatisfy(rule -> {
                        assertThat(rule.getNonResourceURLs()).containsExactly(paths.split(" "));
                        assertThat(rule.getVerbs()).containsExactly("get");
                    });
        }
    }

    @Test
    void letsTheAgentWatchTheOnePolicyByName() {
        try (var agent = apiServer.clientOf(Account.agentOn("cp1"))) {
            assertThat(agent.resources(AuditPolicy.class)
                            .withField("metadata.name", "cluster")
                            .list()
                            .getItems())
                    .isEmpty();
        }
    }

    @Test
    void givesUsersOneRoleToWriteAndOneToRead() {
        var admin = userWith("auditpolicy-admin");
        var viewer = userWith("auditpolicy-viewer");
        var read = Set.of(
                "get auditnodes.auditpolicy.dev",
                "list auditnodes.auditpolicy.dev",
                "watch auditnodes.auditpolicy.dev",
                "get auditpolicies.auditpolicy.dev",
                "list auditpolicies.auditpolicy.dev",
                "watch auditpolicies.auditpolicy.dev");
        var write = Set.of(
                "create auditpolicies.auditpolicy.dev",
                "delete auditpolicies.auditpolicy.dev",
                "patch auditpolicies.auditpolicy.dev",
                "update auditpolicies.auditpolicy.dev");
        assertThat(rights(viewer, "default")).isEqualTo(read);
        assertThat(rights(admin, "default")).isEqualTo(union(read, write));
    }

    /** Who may edit workloads must not get to decide what is recorded, nor see it. */
    @Test
    void aggregatesToNoOtherRole() {
        try (var client = apiServer.client()) {
            assertThat(client.rbac().clusterRoles().list().getItems())
                    .filteredOn(role -> role.getMetadata().getName().startsWith("auditpolicy-"))
                    .hasSize(5)
                    .allSatisfy(
                            role -> assertThat(role.getMetadata().getLabels().keySet())
                                    .noneMatch(label -> label.startsWith("rbac.authorization.k8s.io/")));
        }
    }

    private Account userWith(String clusterRole) {
        var account = new Account("user-of-" + clusterRole, List.of("system:authenticated"), Optional.empty());
        try (var client = apiServer.client()) {
            client.resource(new ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(account.user())
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", clusterRole)
                            .addNewSubject("rbac.authorization.k8s.io", "User", account.user(), null)
                            .build())
                    .createOr(NonDeletingOperation::update);
        }
        return account;
    }

    private Set<String> rights(Account account, String namespace) {
        var stranger = new Account("stranger", List.of("system:authenticated"), Optional.empty());
        var rights = reviewedRights(account, namespace);
        rights.removeAll(reviewedRights(stranger, namespace));
        return rights;
    }

    private Set<String> reviewedRights(Account account, String namespace) {
        try (var client = apiServer.clientOf(account)) {
            var review = client.resource(new SelfSubjectRulesReviewBuilder()
                            .withNewSpec(namespace)
                            .build())
                    .create();
            return review.getStatus().getResourceRules().stream()
                    .flatMap(RbacIT::rights)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<String> rights(ResourceRule rule) {
        var suffixes = rule.getResourceNames().isEmpty()
                ? List.of("")
                : rule.getResourceNames().stream().map(name -> "/" + name).toList();
        return rule.getVerbs().stream().flatMap(verb -> rule.getApiGroups().stream()
                .flatMap(group -> rule.getResources().stream().flatMap(resource -> suffixes.stream()
                        .map(suffix -> verb + " " + resource + (group.isEmpty() ? "" : "." + group) + suffix))));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
    }
}
