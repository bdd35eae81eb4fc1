package dev.auditpolicy.cli;

import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.tree.Position;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Writes a report as compilers do: position, severity, message, the line with a caret, and the fix. */
final class TextReport {

    private final PrintWriter out;
    private final Ansi ansi;

    TextReport(PrintWriter out, Ansi ansi) {
        this.out = out;
        this.ansi = ansi;
    }

    void write(Report report) {
        SourceLines lines = new SourceLines(report.input());
        for (Diagnostic diagnostic : report.diagnostics()) {
            out.println(styled(Style.bold, location(report.input().name(), diagnostic.position())) + ": "
                    + severity(diagnostic.severity()) + ": " + subject(diagnostic)
                    + SourceLines.printable(diagnostic.message())
                    + " [" + diagnostic.code() + " " + diagnostic.name() + "]");
            lines.quote(diagnostic.position()).ifPresent(out::print);
            if (!diagnostic.fix().isEmpty()) {
                out.println("  fix: " + SourceLines.printable(diagnostic.fix()));
            }
            if (!diagnostic.benchmarks().isEmpty()) {
                out.println("  see: " + String.join(", ", diagnostic.benchmarks()));
            }
        }
        if (!report.verdict().isEmpty()) {
            out.println(report.input().name() + ": " + SourceLines.printable(report.verdict()));
        }
    }

    private static String location(String name, Position position) {
        return position.equals(Position.UNKNOWN) ? name : name + ":" + position.line() + ":" + position.column();
    }

    private static String subject(Diagnostic diagnostic) {
        return diagnostic.path().isEmpty() ? "" : SourceLines.printable(diagnostic.path()) + ": ";
    }

    private String severity(Severity severity) {
        Style colour =
                switch (severity) {
                    case ERROR -> Style.fg_red;
                    case WARNING -> Style.fg_yellow;
                    case INFO -> Style.fg_blue;
                };
        return styled(colour, severity.name().toLowerCase(Locale.ROOT));
    }

    /** Without picocli's markup, which the input could contain. */
    private String styled(IStyle style, String text) {
        return ansi.enabled() ? style.on() + text + Style.off(style) : text;
    }
}
