package dev.auditpolicy.cli.report.document;

import dev.auditpolicy.report.item.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A part of a section, which text and HTML show each in its way. */
public sealed interface Block {

    /** Sentences. */
    record Paragraph(String text) implements Block {}

    /** A title below that of the section. */
    record Title(String text) implements Block {}

    /**
     * Rows of cells; the last column has the long texts.
     *
     * @param header empty for pairs of a name and a value
     */
    record Table(List<String> header, List<List<Cell>> rows) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** A text with its own line ends. */
    record Source(String text) implements Block {}

    /**
     * A cell.
     *
     * @param lines at least one
     * @param outcome if it shows one
     */
    record Cell(List<String> lines, Optional<Outcome> outcome) {
        public Cell {
            lines = List.copyOf(lines);
        }

        /** A plain cell with these lines. */
        public static Cell of(String... lines) {
            return new Cell(Arrays.asList(lines), Optional.empty());
        }

        /** A cell that shows an outcome. */
        public static Cell of(Outcome outcome, String text) {
            return new Cell(List.of(text), Optional.of(outcome));
        }
    }

    /** A row of plain cells. */
    static List<Cell> row(String... cells) {
        return Arrays.stream(cells).map(Cell::of).toList();
    }
}
