package dev.auditpolicy.cli;

import dev.auditpolicy.policy.Located;
import dev.auditpolicy.policy.Position;
import java.io.PrintWriter;

/** Shows what is wrong with a text as compilers do: place, message, the line, and a caret under the place. */
final class ProblemPrinter {

    private final PrintWriter out;
    private final String name;
    private final SourceLines lines;

    ProblemPrinter(PrintWriter out, Input input) {
        this.out = out;
        this.name = input.name();
        this.lines = new SourceLines(input);
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
                + SourceLines.visible(located.problem().toString()));
        lines.show(position).ifPresent(out::print);
    }
}
