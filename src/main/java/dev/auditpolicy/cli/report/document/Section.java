package dev.auditpolicy.cli.report.document;

import java.util.List;

/**
 * A section of a report.
 *
 * @param isAppendix whether it starts a page of its own
 */
public record Section(String title, List<Block> blocks, boolean isAppendix) {
    public Section {
        blocks = List.copyOf(blocks);
    }

    /** A section that starts where the one before ends. */
    public Section(String title, List<Block> blocks) {
        this(title, blocks, false);
    }
}
