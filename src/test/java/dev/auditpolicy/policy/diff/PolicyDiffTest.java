package dev.auditpolicy.policy.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.example.PossibleRequests;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Extent;
import dev.auditpolicy.policy.lint.requests.Generated;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Paths;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PolicyDiffTest {

    private static final int PAIRS = 150;
    private static final int REQUESTS = 100;

    private static final PolicyRule EVERYTHING = rule(Level.METADATA);

    static Stream<Long> seeds() {
        return Stream.of(1L, 2L, 3L);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void isEmptyOnlyIfNoRequestDiffers(long seed) {
        Generated generated = new Generated(seed);
        Random random = new Random(seed);
        for (int i = 0; i < PAIRS; i++) {
            Policy older = generated.policy();
            Policy newer = changed(older, generated, random);
            PolicyDiff diff = PolicyDiff.between(older, newer);
            assertThat(diff.complete()).as("seed %d", seed).isTrue();
            for (int j = 0; j < REQUESTS; j++) {
                RequestAttributes request = possible(generated.request());
                if (isPossible(request) && differs(older, newer, request)) {
                    assertThat(diff.differences())
                            .as("seed %d, %s, %s, %s", seed, older, newer, request)
                            .anyMatch(difference -> isOf(difference, older, newer, request));
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void showsRequestsThatDiffer(long seed) {
        Generated generated = new Generated(seed);
        Random random = new Random(seed);
        for (int i = 0; i < PAIRS; i++) {
            Policy older = generated.policy();
            Policy newer = changed(older, generated, random);
            assertThat(PolicyDiff.between(older, newer).differences())
                    .as("seed %d, %s, %s", seed, older, newer)
                    .allMatch(difference -> differs(older, newer, difference.example()));
        }
    }

    @Test
    void findsNothingIfANewOrderChangesNoDecision() {
        PolicyRule pods = ofResource(Level.NONE, "pods");
        PolicyRule secrets = ofResource(Level.REQUEST, "secrets");

        assertThat(PolicyDiff.between(policy(pods, secrets, EVERYTHING), policy(secrets, pods, EVERYTHING)))
                .isEqualTo(new PolicyDiff(List.of(), true));
    }

    @Test
    void treatsNoMatchAndLevelNoneAlike() {
        assertThat(PolicyDiff.between(policy(EVERYTHING), policy(EVERYTHING, rule(Level.NONE)))
                        .differences())
                .isEmpty();
        assertThat(PolicyDiff.between(policy(rule(Level.NONE)), policy()).differences())
                .isEmpty();
    }

    @Test
    void findsAChangeOfStages() {
        Policy quieter = new Policy(List.of(Stage.REQUEST_RECEIVED), null, List.of(EVERYTHING));

        assertThat(PolicyDiff.between(policy(EVERYTHING), quieter).differences())
                .singleElement()
                .satisfies(difference ->
                        assertThat(difference.after().omitStages()).containsExactly(Stage.REQUEST_RECEIVED));
    }

    /** Only bodies contain managed fields. */
    @Test
    void ignoresManagedFieldsWithoutBodies() {
        assertThat(PolicyDiff.between(policy(EVERYTHING), new Policy(null, true, List.of(EVERYTHING)))
                        .differences())
                .isEmpty();
    }

    private static boolean differs(Policy older, Policy newer, RequestAttributes request) {
        return !Outcome.of(new PolicyEvaluator(older).evaluate(request))
                .equals(Outcome.of(new PolicyEvaluator(newer).evaluate(request)));
    }

    private static boolean isOf(Difference difference, Policy older, Policy newer, RequestAttributes request) {
        return difference.before().equals(new PolicyEvaluator(older).evaluate(request))
                && difference.after().equals(new PolicyEvaluator(newer).evaluate(request));
    }

    private static boolean isPossible(RequestAttributes request) {
        Requests only = Requests.ALL
                .where(Attribute.KIND, Values.of(request.isResourceRequest() ? Requests.RESOURCE : Requests.PATH))
                .where(Attribute.VERB, Values.of(request.verb()))
                .where(Attribute.USER, Values.of(request.user() == null ? Requests.NOBODY : request.user()))
                .where(Attribute.USER_GROUPS, memberships(request.groups()))
                .where(Attribute.API_GROUP, Values.of(request.apiGroup()))
                .where(Attribute.RESOURCE, Values.of(request.resource()))
                .where(Attribute.SUBRESOURCE, Values.of(request.subresource()))
                .where(Attribute.NAME, Values.of(request.name()))
                .where(Attribute.NAMESPACE, Values.of(request.namespace()))
                .where(Attribute.URL_PATH, Paths.of(List.of(request.path())));
        return PossibleRequests.in(only).isPresent();
    }

    private static Extent memberships(List<String> groups) {
        Extent all = Memberships.ANY;
        for (var group : groups) {
            all = all.and(Memberships.inOneOf(List.of(group)));
        }
        return all;
    }

    /** Every known user is in one of two groups. */
    private static RequestAttributes possible(RequestAttributes request) {
        if (request.user() == null) {
            return request;
        }
        List<String> groups = new ArrayList<>(request.groups());
        groups.add("system:authenticated");
        return request.by(request.user(), groups);
    }

    /** Another policy, or the same with a rule moved, removed or added. */
    private static Policy changed(Policy older, Generated generated, Random random) {
        List<PolicyRule> rules = new ArrayList<>(older.rules());
        switch (random.nextInt(4)) {
            case 0 -> Collections.swap(rules, random.nextInt(rules.size()), random.nextInt(rules.size()));
            case 1 -> rules.remove(random.nextInt(rules.size()));
            case 2 ->
                rules.add(
                        random.nextInt(rules.size() + 1),
                        generated.policy().rules().getFirst());
            default -> {
                return generated.policy();
            }
        }
        return new Policy(older.omitStages(), older.omitManagedFields(), rules);
    }

    private static Policy policy(PolicyRule... rules) {
        return new Policy(null, null, List.of(rules));
    }

    private static PolicyRule ofResource(Level level, String resource) {
        return new PolicyRule(
                level,
                null,
                null,
                null,
                List.of(new GroupResources("", List.of(resource), null)),
                null,
                null,
                null,
                null);
    }

    private static PolicyRule rule(Level level) {
        return new PolicyRule(level, null, null, null, null, null, null, null, null);
    }
}
