package dev.auditpolicy.manifest.yaml;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.List;

/** A manifest that cannot be patched. */
public final class UnsupportedManifestException extends Exception {
    private final List<ManifestProblem> problems;

    public UnsupportedManifestException(List<ManifestProblem> problems) {
        super(ManifestProblem.summary(problems));
        this.problems = List.copyOf(problems);
    }

    public UnsupportedManifestException(String field, String value, String message) {
        this(List.of(new ManifestProblem(field, value, message)));
    }

    public List<ManifestProblem> problems() {
        return problems;
    }
}
