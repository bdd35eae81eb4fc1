package dev.auditpolicy.cli.logs;

import picocli.CommandLine.Option;

/** The output format of statistics. */
public final class TableFormat {

    /** A format. */
    public enum Format {
        /** For people. */
        TEXT,
        /** For programs. */
        JSON,
        /** For spreadsheets. */
        CSV
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format. One of: text, json, csv (default: ${DEFAULT-VALUE}).")
    private Format format;

    /** The format to write. */
    public Format value() {
        return format;
    }
}
