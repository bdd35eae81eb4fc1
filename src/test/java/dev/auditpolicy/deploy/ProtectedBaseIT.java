package dev.auditpolicy.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may change what of an AuditPolicy with deploy/examples/protected-base. RBAC allows everybody everything. */
@ExtendWith(OperatorInstalled.class)
class ProtectedBaseIT {

    private static final String EXAMPLE =
            Path.of("deploy", "examples", "protected-base").toString();
    private static final String POLICY = "auditpolicy-protected-base";

    private static final PatchContext JSON = PatchContext.of(PatchType.JSON);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    /** A rule before the base. */
    private static final String DROPS_ALL =
            "[{\"op\": \"add\", \"path\": \"/spec/policy/rules/0\", \"value\": {\"level\": \"None\"}}]";

    private final Kubectl kubectl;
    private final KubernetesClient administrator;
    private final KubernetesClient securityTeam;

    ProtectedBaseIT(ApiServer apiServer) {
        this.kubectl = apiServer.kubectl();
        this.administrator = apiServer.clientOf(Account.administrator());
        this.securityTeam = apiServer.clientOf(
                new Account("sam", List.of("system:authenticated", "security-team"), Optional.empty())
                        .whomRbacAllowsEverything());
    }

    /** An admission policy is in force a moment after it was created. */
    @BeforeEach
    void apply() {
        kubectl.run("apply", "-k", EXAMPLE).expectSuccess();
        await("the admission policy is in force").atMost(Duration.ofSeconds(30)).until(() -> Refusal.of(
                        () -> policyOf(administrator).dryRun().patch(JSON, DROPS_ALL))
                .isPresent());
    }

    /** The other tests have the same API server. The policy is gone a moment after it was deleted, too. */
    @AfterEach
    void delete() {
        kubectl.run("delete", "-f", EXAMPLE + "/admission.yaml").expectSuccess();
        await("the admission policy is gone").atMost(Duration.ofSeconds(30)).until(() -> Refusal.of(
                        () -> policyOf(administrator).dryRun().delete())
                .isEmpty());
        policyOf(administrator).delete();
        administrator.close();
        securityTeam.close();
    }

    @Test
    void letsEveryoneChangeTheRulesAfterTheBase() {
        policyOf(administrator).patch(JSON, """
                [{"op": "add", "path": "/spec/policy/rules/3", "value": {"level": "None", "users": ["system:kube-proxy"]}},
                 {"op": "remove", "path": "/spec/policy/omitStages"}]""");

        assertThat(policy().getSpec().policy().at("/rules/3/users/0").asText()).isEqualTo("system:kube-proxy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DROPS_ALL,
                "[{\"op\": \"remove\", \"path\": \"/spec/policy/rules/1\"}]",
                "[{\"op\": \"replace\", \"path\": \"/spec/policy/rules/0/level\", \"value\": \"Metadata\"}]",
                "[{\"op\": \"add\", \"path\": \"/spec/policy/rules/1/users\", \"value\": [\"jane\"]}]",
                "[{\"op\": \"remove\", \"path\": \"/spec/policy/rules/1/resources/0/resources/0\"}]",
                "[{\"op\": \"add\", \"path\": \"/spec/policy/rules/2/omitStages\", \"value\": [\"ResponseComplete\"]}]",
                "[{\"op\": \"replace\", \"path\": \"/spec/policy/rules\", \"value\": [{\"level\": \"None\"}]}]"
            })
    void refusesAChangeOfTheBase(String patch) {
        Refusal.expect(
                POLICY,
                () -> policyOf(administrator).patch(JSON, patch),
                "the first 3 rules of the AuditPolicy are those of the security team",
                "Add your rules after them");
    }

    @Test
    void refusesToOmitTheStageWithTheOutcome() {
        Refusal.expect(
                POLICY,
                () -> policyOf(administrator)
                        .patch(MERGE, "{\"spec\":{\"policy\":{\"omitStages\":[\"ResponseComplete\"]}}}"),
                "omitStages can have no other stage than RequestReceived");
    }

    /** They would stand before the base. */
    @Test
    void refusesTemporaryRules() {
        Refusal.expect(
                POLICY,
                () -> policyOf(administrator).patch(MERGE, """
                        {"spec":{"temporaryRules":[{"until":"2100-01-01T00:00:00Z","reason":"r","rules":[{"level":"None"}]}]}}"""),
                "only the group security-team can set temporaryRules");
    }

    @Test
    void refusesToDeleteIt() {
        Refusal.expect(
                POLICY,
                () -> policyOf(administrator).delete(),
                "only the group security-team can delete the AuditPolicy");
    }

    @Test
    void refusesToCreateOneWithoutTheBase() {
        policyOf(securityTeam).delete();

        Refusal.expect(
                POLICY,
                () -> administrator.resource(Samples.auditPolicy()).create(),
                "the first 3 rules of the AuditPolicy are those of the security team");
        kubectl.run("apply", "-k", EXAMPLE).expectSuccess();
    }

    /** Also where the base was changed since: the operator must be able to remove its finalizer. */
    @Test
    void letsEveryoneChangeWhatIsNoPartOfThePolicy() {
        policyOf(securityTeam).patch(JSON, DROPS_ALL);

        policyOf(administrator).patch(MERGE, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");

        assertThat(policy().getMetadata().getLabels()).containsEntry("a", "b");
        assertThat(policy().getSpec().policy().path("rules")).hasSize(6);
    }

    private AuditPolicy policy() {
        return policyOf(administrator).get();
    }

    private static Resource<AuditPolicy> policyOf(KubernetesClient client) {
        return client.resources(AuditPolicy.class).withName("cluster");
    }
}
