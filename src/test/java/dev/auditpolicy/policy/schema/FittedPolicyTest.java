package dev.auditpolicy.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FittedPolicyTest {

    @Test
    void leavesAPolicyWithinTheLimitsAsItIs() {
        Policy policy = policy(rule(names("u", 256), List.of(group("", names("r", 256)))));

        assertThat(FittedPolicy.of(policy)).isEqualTo(policy);
    }

    @Test
    void removesRepeatedStages() {
        Policy policy = new Policy(
                List.of(Stage.PANIC, Stage.PANIC, Stage.REQUEST_RECEIVED, Stage.PANIC, Stage.REQUEST_RECEIVED),
                null,
                List.of(rule(List.of(), List.of())));

        assertThat(FittedPolicy.of(policy).omitStages()).containsExactly(Stage.PANIC, Stage.REQUEST_RECEIVED);
    }

    /** A user with a resource matches a part exactly if both are in the whole. */
    @Test
    void dividesLongListsIntoRulesThatTogetherMatchTheSame() {
        List<GroupResources> groups = IntStream.range(0, 130)
                .mapToObj(index -> group("g" + index, index == 7 ? names("r", 300) : List.of()))
                .toList();
        PolicyRule whole = rule(names("u", 600), groups);

        List<PolicyRule> parts = FittedPolicy.of(policy(whole)).rules();

        assertThat(parts).hasSize(3 * 2);
        assertThat(parts)
                .allMatch(part -> part.users().size() <= 256 && part.resources().size() <= 128);
        assertThat(parts)
                .allMatch(part -> !part.users().isEmpty() && !part.resources().isEmpty());
        assertThat(matches(parts)).isEqualTo(matches(List.of(whole)));
    }

    private static Set<String> matches(List<PolicyRule> rules) {
        Set<String> matches = new HashSet<>();
        rules.forEach(rule -> rule.users().forEach(user -> rule.resources().forEach(group -> resources(group)
                .forEach(resource -> matches.add(user + " " + group.group() + " " + resource)))));
        return matches;
    }

    private static Stream<String> resources(GroupResources group) {
        return group.resources().isEmpty() ? Stream.of("every") : group.resources().stream();
    }

    private static Policy policy(PolicyRule rule) {
        return new Policy(List.of(), null, List.of(rule));
    }

    private static PolicyRule rule(List<String> users, List<GroupResources> resources) {
        return new PolicyRule(
                Level.METADATA, users, List.of(), List.of(), resources, List.of(), List.of(), List.of(), null);
    }

    private static GroupResources group(String name, List<String> resources) {
        return new GroupResources(name, resources, List.of());
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(index -> prefix + index).toList();
    }
}
