package dev.auditpolicy.manifest.flags;

import java.util.Optional;
import java.util.regex.Pattern;

/** Parses numbers of flags as Go's {@code strconv.ParseFloat(text, 32)} does: 0.1 and 0.100000001 are the same. */
public final class GoFloat {

    /** Go's syntax without infinity and NaN, which no audit flag can mean. Java's also permits spaces and a final f or d. */
    private static final String DIGITS = "[+-]?(\\d+|\\d+\\.\\d*|\\.\\d+)";

    private static final Pattern DECIMAL = Pattern.compile(DIGITS);
    private static final Pattern SCIENTIFIC = Pattern.compile(DIGITS + "[eE][+-]?\\d+");

    private static final Pattern HEXADECIMAL =
            Pattern.compile("[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?\\d+");

    private GoFloat() {}

    /** Parses a flag. Empty for text that Go rejects, or a number that a float32 cannot hold. */
    public static Optional<Float> parse(String text) {
        if (!DECIMAL.matcher(text).matches()
                && !SCIENTIFIC.matcher(text).matches()
                && !HEXADECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        var number = Float.parseFloat(text);
        // 0f + -0f is 0.
        return Float.isFinite(number) ? Optional.of(0f + number) : Optional.empty();
    }
}
