package dev.auditpolicy.cli;

import java.util.List;

/**
 * The findings about one input.
 *
 * @param verdict what the findings mean for kube-apiserver, in one sentence; may be empty
 */
record Report(Input input, List<Diagnostic> diagnostics, String verdict) {

    Report {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Without a verdict. */
    Report(Input input, List<Diagnostic> diagnostics) {
        this(input, diagnostics, "");
    }
}
