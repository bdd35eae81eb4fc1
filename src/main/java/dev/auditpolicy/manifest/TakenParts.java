package dev.auditpolicy.manifest;

import java.util.List;

/**
 * The audit configuration of somebody else that was taken out of a manifest.
 *
 * @param manifest the text that had it
 * @param lines the numbers of its lines, from 0
 */
public record TakenParts(String manifest, List<Integer> lines) {

    /** Nothing was taken. */
    public static final TakenParts NONE = new TakenParts("", List.of());

    public TakenParts {
        lines = List.copyOf(lines);
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
