package dev.auditpolicy.cli;

import dev.auditpolicy.policy.tree.Position;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows places of a text: the line, and a caret under the place. */
final class SourceLines {

    /** A longer line tells no more, and JSON can be one line. */
    private static final int MAX_LINE = 160;

    private final List<String> lines;

    SourceLines(Input input) {
        this.lines = new String(input.content(), StandardCharsets.UTF_8).lines().toList();
    }

    /** Two lines, each ended; empty where there is nothing to see. */
    Optional<String> show(Position position) {
        boolean shown = position.line() >= 1
                && position.line() <= lines.size()
                && position.column() <= MAX_LINE
                && !lines.get(position.line() - 1).isBlank();
        return shown ? Optional.of(source(position)) : Optional.empty();
    }

    private String source(Position position) {
        String line = lines.get(position.line() - 1);
        String number = String.valueOf(position.line());
        return "  " + number + " | " + visible(line.substring(0, Math.min(line.length(), MAX_LINE))) + "\n  "
                + " ".repeat(number.length()) + " | " + " ".repeat(position.column() - 1) + "^\n";
    }

    /** Control characters as a space: they would move the caret, or the terminal's cursor. */
    static String visible(String text) {
        return text.codePoints()
                .map(codePoint -> Character.isISOControl(codePoint) ? ' ' : codePoint)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
