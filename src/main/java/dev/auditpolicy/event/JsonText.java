package dev.auditpolicy.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes strings that {@link JsonScanner} found. */
final class JsonText {

    private JsonText() {}

    /** The string whose content, without the quotes, is at these offsets. */
    static String decode(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\\') {
                return unescape(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The strings of the array at these offsets; elements of other kinds are left out. */
    static List<String> strings(byte[] bytes, int from, int to) {
        var strings = new ArrayList<String>();
        int at = from + 1;
        while (at < to) {
            if (bytes[at] == '"') {
                int end = at + 1;
                while (bytes[end] != '"') {
                    end += bytes[end] == '\\' ? 2 : 1;
                }
                strings.add(decode(bytes, at + 1, end));
                at = end;
            }
            at++;
        }
        return List.copyOf(strings);
    }

    private static String unescape(String text) {
        var plain = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character != '\\' || at + 1 == text.length()) {
                plain.append(character);
                at++;
            } else if (text.charAt(at + 1) == 'u') {
                plain.append(codeUnit(text, at + 2));
                at += 6;
            } else {
                plain.append(control(text.charAt(at + 1)));
                at += 2;
            }
        }
        return plain.toString();
    }

    private static char codeUnit(String text, int from) {
        int end = Math.min(text.length(), from + 4);
        try {
            return (char) Integer.parseInt(text, from, end, 16);
        } catch (NumberFormatException _) {
            return '\ufffd';
        }
    }

    private static char control(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }
}
