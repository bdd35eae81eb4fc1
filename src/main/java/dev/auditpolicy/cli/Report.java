package dev.auditpolicy.cli;

import java.util.List;

/**
 * All that there is to tell about one text.
 *
 * @param input the text itself
 */
record Report(Input input, List<Diagnostic> diagnostics) {

    Report {
        diagnostics = List.copyOf(diagnostics);
    }
}
