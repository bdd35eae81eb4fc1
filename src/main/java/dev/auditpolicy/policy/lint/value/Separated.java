package dev.auditpolicy.policy.lint.value;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Several values written as one, such as {@code "pods, services"}. */
final class Separated {

    private static final Pattern SEPARATOR = Pattern.compile("[\\s,;|]+");

    private Separated() {}

    static boolean isIn(String value) {
        return SEPARATOR.matcher(value).find();
    }

    /** The values, without empty ones and repetitions. */
    static List<String> split(String value) {
        return Arrays.stream(SEPARATOR.split(value))
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }
}
