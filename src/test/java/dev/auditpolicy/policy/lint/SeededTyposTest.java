package dev.auditpolicy.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.identity.BuiltInIdentities;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Misspells every built-in name at a random place, and expects nearly all of the results to be found. */
final class SeededTyposTest {

    private static final LintContext CONTEXT = LintContext.of(BuiltInApi.NEWEST);

    /** Of a hundred misspelled names; the rest are too short, or names of something else. */
    private static final int FOUND_PERCENT = 95;

    private static final int ROUNDS = 5;

    private enum Typo {
        LOST {
            @Override
            String in(String name, Random random) {
                int at = random.nextInt(name.length());
                return name.substring(0, at) + name.substring(at + 1);
            }
        },
        SWAPPED {
            @Override
            String in(String name, Random random) {
                int at = random.nextInt(name.length() - 1);
                return name.substring(0, at) + name.charAt(at + 1) + name.charAt(at) + name.substring(at + 2);
            }
        },
        DOUBLED {
            @Override
            String in(String name, Random random) {
                int at = random.nextInt(name.length());
                return name.substring(0, at) + name.charAt(at) + name.substring(at);
            }
        },
        SUBRESOURCE {
            @Override
            String in(String name, Random random) {
                String[] words = {"logs", "restart", "config", "spec", "state", "history"};
                return name.replaceFirst("/.*", "") + "/" + words[random.nextInt(words.length)];
            }
        };

        abstract String in(String name, Random random);
    }

    private enum Field {
        RESOURCE {
            @Override
            List<String> names() {
                return BuiltInApi.RESOURCES.groups().stream()
                        .sorted()
                        .flatMap(group -> BuiltInApi.RESOURCES.names(group).stream()
                                .sorted()
                                .map(name -> group + " " + name))
                        .toList();
            }

            @Override
            PolicyRule rule(String group, String name) {
                return of(List.of(), List.of(), List.of(), List.of(new GroupResources(group, List.of(name), null)));
            }

            @Override
            boolean exists(String group, String name) {
                return BuiltInApi.RESOURCES.find(group, name).isPresent();
            }
        },
        API_GROUP {
            @Override
            List<String> names() {
                return BuiltInApi.RESOURCES.groups().stream()
                        .filter(group -> !group.isEmpty())
                        .sorted()
                        .map(group -> " " + group)
                        .toList();
            }

            @Override
            PolicyRule rule(String group, String name) {
                return of(List.of(), List.of(), List.of(), List.of(new GroupResources(name, List.of(), null)));
            }

            @Override
            boolean exists(String group, String name) {
                return BuiltInApi.RESOURCES.groups().contains(name);
            }
        },
        USER {
            @Override
            List<String> names() {
                return BuiltInIdentities.ALL_USERS.stream()
                        .filter(user -> !user.equals("system:unsecured"))
                        .map(user -> " " + user)
                        .toList();
            }

            @Override
            PolicyRule rule(String group, String name) {
                return of(List.of(name), List.of(), List.of(), List.of());
            }

            @Override
            boolean exists(String group, String name) {
                return BuiltInIdentities.ALL_USERS.contains(name);
            }
        },
        USER_GROUP {
            @Override
            List<String> names() {
                return BuiltInIdentities.GROUPS.stream().map(name -> " " + name).toList();
            }

            @Override
            PolicyRule rule(String group, String name) {
                return of(List.of(), List.of(name), List.of(), List.of());
            }

            @Override
            boolean exists(String group, String name) {
                return BuiltInIdentities.GROUPS.contains(name);
            }
        },
        NAMESPACE {
            @Override
            List<String> names() {
                return List.of(" kube-system", " kube-public", " kube-node-lease");
            }

            @Override
            PolicyRule rule(String group, String name) {
                return new PolicyRule(
                        Level.NONE, List.of(), List.of(), List.of(), List.of(), List.of(name), null, null, null);
            }

            @Override
            boolean exists(String group, String name) {
                return names().contains(" " + name);
            }
        },
        URL {
            @Override
            List<String> names() {
                return Stream.of("healthz", "livez", "readyz", "metrics", "version", "openapi", "debug")
                        .map(name -> " " + name)
                        .toList();
            }

            @Override
            PolicyRule rule(String group, String name) {
                return new PolicyRule(
                        Level.NONE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of("/" + name + "*"),
                        null,
                        null);
            }

            @Override
            boolean exists(String group, String name) {
                return names().stream().anyMatch(served -> served.startsWith(" " + name));
            }
        },
        VERB {
            @Override
            List<String> names() {
                return Stream.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")
                        .map(verb -> " " + verb)
                        .toList();
            }

            @Override
            PolicyRule rule(String group, String name) {
                return of(List.of(), List.of(), List.of(name), List.of());
            }

            @Override
            boolean exists(String group, String name) {
                return names().contains(" " + name);
            }
        };

        /** Each with its API group before a space. */
        abstract List<String> names();

        abstract PolicyRule rule(String group, String name);

        abstract boolean exists(String group, String name);

        private static PolicyRule of(
                List<String> users, List<String> userGroups, List<String> verbs, List<GroupResources> resources) {
            return new PolicyRule(Level.NONE, users, userGroups, verbs, resources, null, null, null, null);
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(Field.values()).flatMap(field -> Stream.of(Typo.values())
                .filter(typo -> typo != Typo.SUBRESOURCE || field == Field.RESOURCE)
                .map(typo -> Arguments.of(field, typo)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("kinds")
    void findsNearlyAll(Field field, Typo typo) {
        Random random = new Random(Long.getLong("seed", 1L));
        List<String> missed = new ArrayList<>();
        int all = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (String name : field.names()) {
                String group = name.substring(0, name.indexOf(' '));
                String right = name.substring(name.indexOf(' ') + 1);
                String wrong = typo.in(right, random);
                if (!wrong.equals(right) && !field.exists(group, wrong)) {
                    all++;
                    if (!isFound(field.rule(group, wrong))) {
                        missed.add(wrong);
                    }
                }
            }
        }

        System.out.println(
                "seeded typos: " + field + " " + typo + ": " + (all - missed.size()) + " of " + all + " found");
        assertThat(all).isPositive();
        assertThat(missed).hasSizeLessThanOrEqualTo(all * (100 - FOUND_PERCENT) / 100);
    }

    /** Right names are the other half of the claim: a linter that reports everything finds every typo. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void findsNothingInRightNames(Field field) {
        assertThat(field.names())
                .filteredOn(name -> isFound(
                        field.rule(name.substring(0, name.indexOf(' ')), name.substring(name.indexOf(' ') + 1))))
                .isSubsetOf("policy podsecuritypolicies");
    }

    static Stream<Field> fields() {
        return Stream.of(Field.values());
    }

    /** Whether a finding is about a value of the first rule. */
    private static boolean isFound(PolicyRule rule) {
        Policy policy = new Policy(
                null,
                null,
                List.of(rule, new PolicyRule(Level.METADATA, null, null, null, null, null, null, null, null)));
        return Linter.lint(policy, null, CONTEXT).stream()
                .anyMatch(finding -> finding.path().startsWith("rules[0].")
                        && finding.code().id().startsWith("AP1"));
    }
}
