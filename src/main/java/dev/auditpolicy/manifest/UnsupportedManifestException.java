package dev.auditpolicy.manifest;

import java.util.List;

/** A manifest that cannot be worked on; becomes a sealed result at the border of this package. */
final class UnsupportedManifestException extends Exception {
    private final List<ManifestProblem> problems;

    UnsupportedManifestException(List<ManifestProblem> problems) {
        super(ManifestProblem.summary(problems));
        this.problems = List.copyOf(problems);
    }

    UnsupportedManifestException(String field, String value, String wayOut) {
        this(List.of(new ManifestProblem(field, value, wayOut)));
    }

    List<ManifestProblem> problems() {
        return problems;
    }
}
