package dev.auditpolicy.policy.compiled;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Policies and requests of few, awkward values, so that rules overlap and requests meet them. {@code Aa} and
 * {@code BB} have the same hash code, and so have {@code Aa/Aa} and {@code BB/BB}.
 */
final class Generated {

    private static final List<String> USERS = List.of("", "*", "Aa", "BB", "system:anonymous", "unknown");
    private static final List<String> GROUPS = List.of("", "Aa", "BB", "C#", "system:masters", "unknown");
    private static final List<String> VERBS = List.of("", "get", "list", "create", "*", "unknown");
    private static final List<String> NAMESPACES = List.of("", "Aa", "BB", "kube-system", "*", "unknown");
    private static final List<String> API_GROUPS = List.of("", "apps", "Aa", "BB", "unknown");
    private static final List<String> RESOURCES =
            List.of("pods", "Aa", "BB", "", "*", "pods/log", "pods/*", "*/log", "nodes", "a/b/c");
    private static final List<String> SUBRESOURCES = List.of("", "", "log", "Aa", "BB", "*", "b/c", "x/log", "status");
    private static final List<String> RESOURCE_ENTRIES = List.of(
            "pods",
            "nodes",
            "pods/log",
            "Aa/Aa",
            "BB/BB",
            "Aa/BB",
            "*",
            "pods/*",
            "Aa/*",
            "*/log",
            "*/Aa",
            "*/*",
            "",
            "/",
            "/*",
            "*/",
            "a/b/c",
            "a/b/*",
            "*/b/c",
            "pods/",
            "/log",
            "pods/x/log");
    private static final List<String> NAMES = List.of("", "Aa", "BB", "*", "unknown");
    private static final List<String> PATHS =
            List.of("", "/", "/a", "/ab", "/a/", "/a/b", "/a/b/c", "/b", "/*", "/a*", "/é", "/z");
    private static final List<String> PATH_ENTRIES =
            List.of("/", "/*", "/a", "/a*", "/ab", "/a/*", "/a/b*", "/a/b", "/b*", "*", "/é*", "/z", "/a**", "**");

    private final RandomGenerator random;

    Generated(RandomGenerator random) {
        this.random = random;
    }

    Policy policy() {
        // Most are short: of many rules, some early one matches and the others decide nothing.
        int rules = random.nextInt(10) == 0 ? random.nextInt(1, 300) : random.nextInt(1, 12);
        double restricted = random.nextDouble(0.1, 1);
        return new Policy(
                listOf(Stage.values()),
                flag(),
                times(rules, () -> rule(restricted)).toList());
    }

    RequestAttributes request() {
        return new RequestAttributes(
                random.nextInt(8) == 0 ? null : one(USERS),
                times(random.nextInt(4), () -> one(GROUPS)).toList(),
                one(VERBS),
                one(NAMESPACES),
                one(API_GROUPS),
                "v1",
                one(RESOURCES),
                one(SUBRESOURCES),
                one(NAMES),
                one(PATHS),
                random.nextInt(4) != 0);
    }

    private PolicyRule rule(double restricted) {
        boolean ofPaths = random.nextInt(4) == 0;
        return new PolicyRule(
                one(List.of(Level.values())),
                some(USERS, restricted),
                some(GROUPS, restricted),
                some(VERBS, restricted),
                ofPaths ? List.of() : resources(restricted),
                ofPaths ? List.of() : some(NAMESPACES, restricted),
                // Not valid together with the two above, but both evaluators handle it like upstream.
                ofPaths || random.nextInt(20) == 0 ? some(PATH_ENTRIES, 1) : List.of(),
                listOf(Stage.values()),
                flag());
    }

    private List<GroupResources> resources(double restricted) {
        return random.nextDouble() > restricted
                ? List.of()
                : times(random.nextInt(1, 5), () -> groupResources(restricted)).toList();
    }

    private GroupResources groupResources(double restricted) {
        String group = random.nextInt(6) == 0 ? "*" : random.nextInt(6) == 0 ? null : one(API_GROUPS);
        return new GroupResources(group, some(RESOURCE_ENTRIES, 0.8), some(NAMES, restricted / 2));
    }

    private Boolean flag() {
        return random.nextBoolean() ? null : (Boolean) random.nextBoolean();
    }

    private <T> List<T> listOf(T[] values) {
        return random.nextBoolean() ? List.of() : some(List.of(values), 1);
    }

    /** Nothing, or one to three values, the latter with this probability. */
    private <T> List<T> some(List<T> values, double probability) {
        return random.nextDouble() < probability
                ? times(random.nextInt(1, 4), () -> one(values)).toList()
                : List.of();
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> Stream<T> times(int count, Supplier<T> supplier) {
        return Stream.generate(supplier).limit(count);
    }
}
