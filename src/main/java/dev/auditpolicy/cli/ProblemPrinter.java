package dev.auditpolicy.cli;

import dev.auditpolicy.policy.Located;
import dev.auditpolicy.policy.Position;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Shows what is wrong with a text as compilers do: place, message, the line, and a caret under the place. */
final class ProblemPrinter {

    /** A longer line tells no more, and JSON can be one line. */
    private static final int MAX_LINE = 160;

    private final PrintWriter out;
    private final String name;
    private final List<String> lines;

    ProblemPrinter(PrintWriter out, Input input) {
        this.out = out;
        this.name = input.name();
        this.lines = new String(input.content(), StandardCharsets.UTF_8).lines().toList();
    }

    void error(Located located) {
        print("error", located);
    }

    void warning(Located located) {
        print("warning", located);
    }

    private void print(String severity, Located located) {
        Position position = located.position();
        String place = position.equals(Position.UNKNOWN) ? "" : ":" + position.line() + ":" + position.column();
        out.println(name + place + ": " + severity + ": "
                + visible(located.problem().toString()));
        boolean shown = position.line() >= 1
                && position.line() <= lines.size()
                && position.column() <= MAX_LINE
                && !lines.get(position.line() - 1).isBlank();
        if (shown) {
            source(position);
        }
    }

    private void source(Position position) {
        String line = lines.get(position.line() - 1);
        String number = String.valueOf(position.line());
        out.println("  " + number + " | " + visible(line.substring(0, Math.min(line.length(), MAX_LINE))));
        out.println("  " + " ".repeat(number.length()) + " | " + " ".repeat(position.column() - 1) + "^");
    }

    /** Control characters as a space: they would move the caret, or the terminal's cursor. */
    private static String visible(String text) {
        return text.codePoints()
                .map(codePoint -> Character.isISOControl(codePoint) ? ' ' : codePoint)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
