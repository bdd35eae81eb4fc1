package dev.auditpolicy.unit.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The assignments in a unit file or drop-in, in the order in which systemd applies them. Read like {@code config_parse} of
 * systemd 252: a comment between continued lines is skipped, and an even number of backslashes continues nothing.
 */
public record UnitText(List<Assignment> assignments) {

    private static final Pattern END_OF_LINE = Pattern.compile("\r\n|\n\r|[\n\r]");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public UnitText {
        assignments = List.copyOf(assignments);
    }

    /**
     * One line {@code key=value}.
     *
     * @param value without the spaces around it; empty resets a list
     */
    public record Assignment(String section, String key, String value) {}

    /** Reads a text. Lines that systemd ignores are skipped. */
    public static UnitText parse(String text) {
        var assignments = new ArrayList<Assignment>();
        var section = "";
        for (var line : logicalLines(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)) {
            var stripped = strip(line);
            var equals = stripped.indexOf('=');
            if (stripped.startsWith("[")) {
                section = stripped.endsWith("]") ? stripped.substring(1, stripped.length() - 1) : "";
            } else if (equals > 0) {
                assignments.add(new Assignment(
                        section, strip(stripped.substring(0, equals)), strip(stripped.substring(equals + 1))));
            }
        }
        return new UnitText(assignments);
    }

    /** The values assigned to a key, an empty one among them. */
    public List<String> values(String section, String key) {
        return assignments.stream()
                .filter(assignment ->
                        assignment.section().equals(section) && assignment.key().equals(key))
                .map(Assignment::value)
                .toList();
    }

    private static List<String> logicalLines(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var physical : END_OF_LINE.split(text, -1)) {
            if (isComment(physical)) {
                continue;
            }
            line.append(physical);
            if (endsWithBackslash(line)) {
                line.setCharAt(line.length() - 1, ' ');
            } else {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static boolean isComment(String line) {
        var stripped = strip(line);
        return stripped.startsWith("#") || stripped.startsWith(";");
    }

    private static boolean endsWithBackslash(CharSequence line) {
        var backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 != 0;
    }

    /** Java's {@code strip} also removes spaces that systemd keeps. */
    private static String strip(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && WordReader.isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && WordReader.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
