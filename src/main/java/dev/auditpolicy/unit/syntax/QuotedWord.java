package dev.auditpolicy.unit.syntax;

import java.util.regex.Pattern;

/** Writes a word so that systemd reads exactly this word. Specifiers and variables in it stay what they are. */
final class QuotedWord {

    /** Without quotes, which also end the escape, and the characters that begin a comment on a continued line. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./{}$\\[\\]*?^~<>|&!()-]+");

    private QuotedWord() {}

    static String of(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        var quoted = new StringBuilder("\"");
        for (var index = 0; index < word.length(); index++) {
            append(quoted, word.charAt(index));
        }
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, char character) {
        switch (character) {
            case '"', '\\' -> quoted.append('\\').append(character);
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (character < ' ' || character == 0x7F) {
                    quoted.append("\\x%02x".formatted((int) character));
                } else {
                    quoted.append(character);
                }
            }
        }
    }
}
