package dev.auditpolicy.report;

import dev.auditpolicy.api.v1alpha1.Drift;
import dev.auditpolicy.api.v1alpha1.ObservedHost;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names of the API as resources have them, for constants of Java. */
public final class Terms {

    private Terms() {}

    /** Such as {@code StaticPod}. */
    public static String of(ObservedHost.Kind kind) {
        return camelCase(kind);
    }

    /** Such as {@code RolledBack}. */
    public static String of(Phase phase) {
        return camelCase(phase);
    }

    static String of(TurnOutcome.Result result) {
        return camelCase(result);
    }

    static String of(Drift.Cause cause) {
        return camelCase(cause);
    }

    private static String camelCase(Enum<?> constant) {
        return Arrays.stream(constant.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
