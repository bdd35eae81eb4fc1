package dev.auditpolicy.report;

import java.util.List;

/**
 * A revision that the resources name.
 *
 * @param uses what names it, such as {@code desired} or {@code runs on cp1}
 */
public record RevisionUse(String revision, List<String> uses) {
    public RevisionUse {
        uses = List.copyOf(uses);
    }
}
