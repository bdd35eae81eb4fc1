package dev.auditpolicy.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The output format of reports. */
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
            description = "Output format. One of: text, json, sarif (default: ${DEFAULT-VALUE}).")
    private Format format;

    /** Writes to the standard output of the command. */
    void write(List<Report> reports, CommandSpec spec) {
        PrintWriter out = spec.commandLine().getOut();
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        switch (format) {
            case TEXT -> reports.forEach(report -> new TextReport(out, ansi).write(report));
            case JSON -> out.println(JsonReport.of(reports).toPrettyString());
            case SARIF -> out.println(SarifReport.of(reports).toPrettyString());
        }
        out.flush();
    }
}
