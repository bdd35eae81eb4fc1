package dev.auditpolicy.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the ends of JSON values in a line of bytes, without decoding them. The line must end with a line feed, and {@link
 * #SLACK} more bytes must follow, because strings are searched eight bytes at a time. Of what it skips, it checks the nesting
 * and the ends of strings, not every comma.
 */
final class JsonScanner {

    /** The number of bytes that must follow the line feed. */
    static final int SLACK = 8;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A container in a container that deep is more than kube-apiserver accepts. */
    private static final int MAX_CALLS = 200;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = ONES << 7;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private JsonScanner() {}

    /** The eight bytes from an offset; the first is the lowest. */
    static long word(byte[] bytes, int offset) {
        return (long) WORDS.get(bytes, offset);
    }

    /** The offset of the first byte from {@code from} on that is not a blank. */
    static int skipBlanks(byte[] bytes, int from) {
        int at = from;
        while (isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t' || value == '\r';
    }

    /** The offset of the quote, backslash or control character that is nearest to {@code from}. */
    static int stringStop(byte[] bytes, int from) {
        int at = from;
        while (true) {
            long word = (long) WORDS.get(bytes, at);
            long quotes = word ^ QUOTES;
            long backslashes = word ^ BACKSLASHES;
            // The lowest bit that is set is exact; a borrow can set wrong ones only above it.
            long found =
                    (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((word - SPACES) & ~word))
                            & HIGH;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += Long.BYTES;
        }
    }

    /** The offset of the closing quote of the string whose content starts at {@code from}. */
    static int stringEnd(byte[] bytes, int from) throws MalformedEventException {
        int at = stringStop(bytes, from);
        while (bytes[at] != '"') {
            if (bytes[at] != '\\' || bytes[at + 1] == '\n') {
                throw unexpected(bytes, at, "in a string");
            }
            at = stringStop(bytes, at + 2);
        }
        return at;
    }

    /** The offset after the value that starts at {@code from}. */
    static int skipValue(byte[] bytes, int from) throws MalformedEventException {
        return switch (bytes[from]) {
            case '"' -> stringEnd(bytes, from + 1) + 1;
            case '{', '[' -> skipContainer(bytes, from, 0);
            default -> skipScalar(bytes, from);
        };
    }

    private static int skipScalar(byte[] bytes, int from) throws MalformedEventException {
        int at = from;
        while (isOfScalar(bytes[at])) {
            at++;
        }
        if (at == from) {
            throw unexpected(bytes, at, "instead of a value");
        }
        return at;
    }

    private static boolean isOfScalar(byte value) {
        return (value >= '0' && value <= '9')
                || (value >= 'a' && value <= 'z')
                || value == '-'
                || value == '+'
                || value == '.'
                || value == 'E';
    }

    /** Remembers in a word which of the open containers are objects, so each call nests at most 63 levels. */
    private static int skipContainer(byte[] bytes, int from, int calls) throws MalformedEventException {
        if (calls == MAX_CALLS) {
            throw new MalformedEventException("nested too deeply", from);
        }
        long open = bytes[from] == '{' ? 0b11 : 0b10;
        int at = from + 1;
        while (true) {
            byte value = bytes[at];
            if (value == '"') {
                at = stringEnd(bytes, at + 1) + 1;
            } else if (value == ',' || value == ':') {
                at++;
            } else if (value == '{' || value == '[') {
                if (open < 0) {
                    at = skipContainer(bytes, at, calls + 1);
                } else {
                    open = (open << 1) | (value == '{' ? 1 : 0);
                    at++;
                }
            } else if (value == '}' || value == ']') {
                if ((open & 1) != (value == '}' ? 1 : 0)) {
                    throw unexpected(bytes, at, "at the end of " + ((open & 1) == 1 ? "an object" : "an array"));
                }
                open >>>= 1;
                at++;
                if (open == 1) {
                    return at;
                }
            } else if (isOfScalar(value) || isBlank(value)) {
                at++;
            } else {
                throw unexpected(bytes, at, "in " + ((open & 1) == 1 ? "an object" : "an array"));
            }
        }
    }

    /** What is wrong at an offset. */
    static MalformedEventException unexpected(byte[] bytes, int at, String where) {
        byte value = bytes[at];
        String what = value == '\n'
                ? "the line ends"
                : value > ' ' && value < 0x7f
                        ? "unexpected '" + (char) value + "'"
                        : String.format("unexpected byte 0x%02x", value);
        return new MalformedEventException(what + " " + where, at);
    }
}
