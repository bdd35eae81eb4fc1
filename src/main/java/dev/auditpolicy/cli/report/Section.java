package dev.auditpolicy.cli.report;

import java.util.List;

/**
 * A section of a report.
 *
 * @param isAppendix whether it starts a page of its own
 */
record Section(String title, List<Block> blocks, boolean isAppendix) {
    Section {
        blocks = List.copyOf(blocks);
    }

    Section(String title, List<Block> blocks) {
        this(title, blocks, false);
    }
}
