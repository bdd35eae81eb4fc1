package dev.auditpolicy.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How reports are written. */
final class ReportFormat {

    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for people, json for programs, sarif for code scanning (default: ${DEFAULT-VALUE}).")
    private Format format;

    /** Writes them to the command's output. */
    void write(List<Report> reports, CommandSpec command) {
        PrintWriter out = command.commandLine().getOut();
        Ansi ansi = command.commandLine().getColorScheme().ansi();
        switch (format) {
            case TEXT -> reports.forEach(report -> new TextReport(out, ansi).write(report));
            case JSON -> out.println(JsonReport.of(reports).toPrettyString());
            case SARIF -> out.println(SarifReport.of(reports).toPrettyString());
        }
        out.flush();
    }
}
