package dev.auditpolicy.policy.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses plain scalars that are numbers in go-yaml v2: Go literals up to 64 bits, with underscores anywhere. */
final class YamlNumbers {

    private static final Pattern INTEGER =
            Pattern.compile("([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))");

    /** The base of each alternative of {@link #INTEGER}. */
    private static final int[] BASES = {16, 2, 8, 8, 10};

    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

    private static final Pattern LEADING_DOT = Pattern.compile("\\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+)?");

    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private static final BigInteger MAX_UNSIGNED =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private YamlNumbers() {}

    /** The number; empty if go-yaml reads the text as a string. */
    static Optional<BigDecimal> parse(String text) {
        if (text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        if (text.charAt(0) == '.') {
            return LEADING_DOT.matcher(text).matches() ? floating(text.replace("_", "")) : Optional.empty();
        }
        String plain = text.replace("_", "");
        Optional<BigDecimal> integer = integer(plain);
        if (integer.isPresent()) {
            return integer;
        }
        return FLOAT.matcher(plain).matches() ? floating(plain) : Optional.empty();
    }

    static boolean isInteger(String text) {
        return !text.startsWith(".") && integer(text.replace("_", "")).isPresent();
    }

    private static Optional<BigDecimal> integer(String plain) {
        var matcher = INTEGER.matcher(plain);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String sign = matcher.group(1);
        for (int i = 0; i < BASES.length; i++) {
            String digits = matcher.group(i + 2);
            if (digits != null) {
                var number = new BigInteger(sign.equals("-") ? "-" + digits : digits, BASES[i]);
                BigInteger max = sign.isEmpty() ? MAX_UNSIGNED : MAX;
                boolean fits = number.compareTo(MIN) >= 0 && number.compareTo(max) <= 0;
                return fits ? Optional.of(new BigDecimal(number)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A number outside the range of a double is a string. */
    private static Optional<BigDecimal> floating(String plain) {
        double number = Double.parseDouble(plain);
        return Double.isInfinite(number) ? Optional.empty() : Optional.of(BigDecimal.valueOf(number));
    }
}
