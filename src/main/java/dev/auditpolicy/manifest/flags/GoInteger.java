package dev.auditpolicy.manifest.flags;

import java.util.Optional;
import java.util.regex.Pattern;

/** Parses numbers of flags as Go's {@code strconv.ParseInt(text, 0, 64)} does: 010 and 0o10 are 8, 0x10 is 16, 1_000 is 1000. */
public final class GoInteger {

    /** A sign, a prefix, and digits with single underscores between them or after the prefix. */
    private static final Pattern PREFIXED = Pattern.compile("([+-]?)0([xXoObB]?)((?:_?[0-9a-fA-F])+)");

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(0|[1-9](_?[0-9])*)");

    private GoInteger() {}

    /** Parses a flag. Empty for text that Go rejects. */
    public static Optional<Long> parse(String text) {
        try {
            if (DECIMAL.matcher(text).matches()) {
                return Optional.of(Long.parseLong(text.replace("_", "")));
            }
            var prefixed = PREFIXED.matcher(text);
            return prefixed.matches()
                    ? Optional.of(Long.parseLong(
                            prefixed.group(1) + prefixed.group(3).replace("_", ""), base(prefixed.group(2))))
                    : Optional.empty();
        } catch (NumberFormatException invalid) {
            return Optional.empty();
        }
    }

    private static int base(String prefix) {
        return switch (prefix) {
            case "x", "X" -> 16;
            case "b", "B" -> 2;
            default -> 8;
        };
    }
}
