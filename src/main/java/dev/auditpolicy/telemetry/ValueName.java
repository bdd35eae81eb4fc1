package dev.auditpolicy.telemetry;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;

/** The name of an enum value in the style of Kubernetes: {@code RolledBack}. */
public final class ValueName {

    private ValueName() {}

    /** The name of {@code value} in CamelCase. */
    public static String of(Enum<?> value) {
        return Arrays.stream(value.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(joining());
    }
}
