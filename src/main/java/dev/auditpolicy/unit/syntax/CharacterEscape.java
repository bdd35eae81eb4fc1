package dev.auditpolicy.unit.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** The escapes of systemd's {@code cunescape_one}. */
final class CharacterEscape {

    private static final String NAMES = "abfnrtv\\\"'s";
    private static final String MEANINGS = "\u0007\b\f\n\r\t\u000B\\\"' ";

    private CharacterEscape() {}

    /**
     * Decodes the escape behind a backslash.
     *
     * @param start where the escape begins in {@code text}
     * @return its length; 0 if it is none
     */
    static int decode(byte[] text, int start, ByteArrayOutputStream out) {
        if (start == text.length) {
            return 0;
        }
        var name = text[start];
        var index = NAMES.indexOf(name);
        if (index >= 0) {
            out.write(MEANINGS.charAt(index));
            return 1;
        }
        return switch (name) {
            case 'x' -> aByte(number(text, start + 1, 2, 16), 3, out);
            case 'u' -> character(number(text, start + 1, 4, 16), 5, out);
            case 'U' -> character(number(text, start + 1, 8, 16), 9, out);
            default -> aByte(number(text, start, 3, 8), 3, out);
        };
    }

    private static int aByte(long value, int length, ByteArrayOutputStream out) {
        if (value <= 0 || value > 0xFF) {
            return 0;
        }
        out.write((int) value);
        return length;
    }

    private static int character(long value, int length, ByteArrayOutputStream out) {
        if (value <= 0 || value > Character.MAX_CODE_POINT || isSurrogate(value)) {
            return 0;
        }
        out.writeBytes(Character.toString((int) value).getBytes(UTF_8));
        return length;
    }

    private static boolean isSurrogate(long value) {
        return value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    }

    /** -1 if there are not that many digits. */
    private static long number(byte[] text, int start, int digits, int base) {
        var value = 0L;
        for (var index = start; index < start + digits; index++) {
            var digit = index < text.length ? Character.digit((char) text[index], base) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * base + digit;
        }
        return value;
    }
}
