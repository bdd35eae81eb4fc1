package dev.auditpolicy.cli;

import java.util.List;

/**
 * All that there is to tell about one text.
 *
 * @param input the text itself
 * @param verdict what follows from it, in one sentence; empty if there is nothing to add
 */
record Report(Input input, List<Diagnostic> diagnostics, String verdict) {

    Report {
        diagnostics = List.copyOf(diagnostics);
    }

    /** One without a verdict. */
    Report(Input input, List<Diagnostic> diagnostics) {
        this(input, diagnostics, "");
    }
}
