package dev.auditpolicy.cli.tune;

import picocli.CommandLine.Option;

/** The output format of a proposal. */
public final class TuneFormat {

    /** A format. */
    public enum Format {
        /** For people. */
        TEXT,
        /** The changed policy. */
        YAML,
        /** For programs. */
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format. One of: text (the proposal), yaml (the whole changed policy), json (default:"
                    + " ${DEFAULT-VALUE}).")
    private Format format;

    /** The format to write. */
    public Format value() {
        return format;
    }
}
