package dev.auditpolicy.cli.logs;

import picocli.CommandLine.Option;

/** How many rows a table of text has. */
public final class RowLimit {

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "10",
            description = "Show so many rows for each attribute in text (default: ${DEFAULT-VALUE}).")
    private int rows;

    /** At least one. */
    public int rows() {
        return Math.max(1, rows);
    }
}
