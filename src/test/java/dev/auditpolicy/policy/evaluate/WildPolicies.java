package dev.auditpolicy.policy.evaluate;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Valid policies with strings that are hard to write as YAML. */
public final class WildPolicies {

    private static final List<String> STRINGS = List.of(
            "",
            "a",
            "y",
            "No",
            "~",
            "null",
            "010",
            "1e3",
            ".5",
            "=",
            "<<",
            "- a",
            "? b",
            "a: b",
            "a #b",
            "*",
            "&a",
            "!b",
            "'",
            "\"",
            "\\",
            "\n",
            "\t",
            "\r",
            " ",
            "\u0000",
            "\u0007",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\ufeff",
            "ä",
            "€",
            "😀",
            "%",
            "@",
            "`",
            "{",
            "[",
            "]",
            ",",
            "2001-01-01",
            "system:node:n1",
            "---",
            "...");

    private WildPolicies() {}

    public static Policy policy(Random random) {
        return new Policy(
                list(random, 3, () -> any(random, Stage.values())),
                random.nextBoolean() ? true : null,
                Stream.generate(() -> rule(random)).limit(1 + random.nextInt(4)).toList());
    }

    private static PolicyRule rule(Random random) {
        boolean nonResource = random.nextInt(4) == 0;
        return new PolicyRule(
                any(random, Level.values()),
                strings(random),
                strings(random),
                strings(random),
                nonResource ? List.of() : list(random, 3, () -> resources(random)),
                nonResource ? List.of() : strings(random),
                nonResource ? list(random, 3, () -> "/" + string(random).replace("*", "")) : List.of(),
                list(random, 2, () -> any(random, Stage.values())),
                any(random, true, false, null));
    }

    private static GroupResources resources(Random random) {
        List<String> resources = strings(random);
        return new GroupResources(
                any(random, "", "*", "apps", "rbac.authorization.k8s.io"),
                resources,
                resources.isEmpty() ? List.of() : strings(random));
    }

    static List<String> strings(Random random) {
        return list(random, 3, () -> string(random));
    }

    static String string(Random random) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(_ -> STRINGS.get(random.nextInt(STRINGS.size())))
                .reduce("", String::concat);
    }

    private static <T> List<T> list(Random random, int most, Supplier<T> element) {
        return Stream.generate(element).limit(random.nextInt(most + 1)).toList();
    }

    @SafeVarargs
    static <T> T any(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
