package dev.auditpolicy.cli;

import dev.auditpolicy.policy.tree.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Quotes lines of an input, with a caret under a position. */
final class SourceLines {

    /** Longer lines are cut: a JSON file can be a single line. */
    private static final int MAX_LINE = 160;

    private final List<String> lines;

    SourceLines(Input input) {
        this.lines = new String(input.content(), StandardCharsets.UTF_8).lines().toList();
    }

    /** The line and the caret, each with a line break; empty if the position has no line to show. */
    Optional<String> quote(Position position) {
        boolean quotable = position.line() >= 1
                && position.line() <= lines.size()
                && position.column() <= MAX_LINE
                && !lines.get(position.line() - 1).isBlank();
        return quotable ? Optional.of(format(position)) : Optional.empty();
    }

    private String format(Position position) {
        String line = lines.get(position.line() - 1);
        String number = String.valueOf(position.line());
        return "  " + number + " | " + printable(line.substring(0, Math.min(line.length(), MAX_LINE))) + "\n  "
                + " ".repeat(number.length()) + " | " + " ".repeat(position.column() - 1) + "^\n";
    }

    /** Replaces control characters with spaces: they would move the caret, or the cursor of the terminal. */
    static String printable(String text) {
        return text.codePoints()
                .map(codePoint -> Character.isISOControl(codePoint) ? ' ' : codePoint)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
