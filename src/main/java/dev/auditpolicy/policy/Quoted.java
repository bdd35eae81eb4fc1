package dev.auditpolicy.policy;

import java.util.List;
import java.util.stream.Collectors;

/** Quotes strings for YAML and in the forms of Go's standard library. */
public final class Quoted {

    private Quoted() {}

    /**
     * A double-quoted YAML scalar of ASCII characters only. A character beyond 16 bits is one escape of eight digits:
     * kube-apiserver's YAML parser rejects JSON's surrogate pairs.
     */
    public static String yaml(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(codePoint -> appendYaml(codePoint, quoted));
        return quoted.append('"').toString();
    }

    /** Like Go's {@code strconv.Quote}, as in kube-apiserver's messages. */
    public static String go(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(codePoint -> appendGo(codePoint, quoted));
        return quoted.append('"').toString();
    }

    /** Like Go's {@code encoding/json}, which escapes HTML, for a list: kube-apiserver's messages since 1.34. */
    public static String goJson(List<String> texts) {
        return texts.stream().map(Quoted::goJson).collect(Collectors.joining(",", "[", "]"));
    }

    /** Like Go's {@code %#v} for a list: kube-apiserver's messages before 1.34. */
    public static String goSlice(List<String> texts) {
        return texts.stream().map(Quoted::go).collect(Collectors.joining(", ", "[]string{", "}"));
    }

    public static String goJson(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(codePoint -> appendGoJson(codePoint, quoted));
        return quoted.append('"').toString();
    }

    private static void appendYaml(int codePoint, StringBuilder quoted) {
        switch (codePoint) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> quoted.append(yamlCharacter(codePoint));
        }
    }

    private static String yamlCharacter(int codePoint) {
        if (codePoint >= ' ' && codePoint <= '~') {
            return Character.toString(codePoint);
        }
        if (codePoint > 0xffff) {
            return longEscape(codePoint);
        }
        // An unpaired surrogate has no UTF-8 form; Go's JSON decoder uses the replacement character too.
        return escaped(Character.isSurrogate((char) codePoint) ? 0xfffd : codePoint);
    }

    private static void appendGoJson(int codePoint, StringBuilder quoted) {
        switch (codePoint) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\b' -> quoted.append("\\b");
            case '\f' -> quoted.append("\\f");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case '<', '>', '&', 0x2028, 0x2029 -> quoted.append(escaped(codePoint));
            default -> quoted.append(codePoint < ' ' ? escaped(codePoint) : Character.toString(codePoint));
        }
    }

    private static void appendGo(int codePoint, StringBuilder quoted) {
        switch (codePoint) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case 0x07 -> quoted.append("\\a");
            case '\b' -> quoted.append("\\b");
            case '\f' -> quoted.append("\\f");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case 0x0b -> quoted.append("\\v");
            default -> quoted.append(isGoPrintable(codePoint) ? Character.toString(codePoint) : goEscaped(codePoint));
        }
    }

    private static String goEscaped(int codePoint) {
        if (codePoint < ' ' || codePoint == 0x7f) {
            return "\\x%02x".formatted(codePoint);
        }
        return codePoint < 0x10000 ? escaped(codePoint) : longEscape(codePoint);
    }

    private static String longEscape(int codePoint) {
        return "\\U%08x".formatted(codePoint);
    }

    private static String escaped(int codeUnit) {
        return "\\u%04x".formatted(codeUnit);
    }

    /** Go's {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols and the ASCII space. */
    private static boolean isGoPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }
}
