package dev.auditpolicy.manifest;

import java.util.List;

/** A manifest that cannot be worked on; becomes a sealed result at the border of this package. */
final class RefusedException extends Exception {
    private final List<Problem> problems;

    RefusedException(List<Problem> problems) {
        super(Problem.summary(problems));
        this.problems = List.copyOf(problems);
    }

    RefusedException(String field, String value, String wayOut) {
        this(List.of(new Problem(field, value, wayOut)));
    }

    List<Problem> problems() {
        return problems;
    }
}
