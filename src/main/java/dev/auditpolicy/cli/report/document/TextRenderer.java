package dev.auditpolicy.cli.report.document;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes sections as plain text of 100 columns. */
public record TextRenderer(PrintWriter out) {

    private static final int WIDTH = 100;
    private static final int MIN_LAST = 30;
    private static final String INDENT = "  ";

    /** Writes all sections. */
    public void write(String title, List<Section> sections) {
        out.println(clean(title));
        for (var section : sections) {
            out.println();
            out.println(clean(section.title()));
            out.println("-".repeat(section.title().length()));
            section.blocks().forEach(this::write);
        }
        out.flush();
    }

    private void write(Block block) {
        switch (block) {
            case Block.Paragraph paragraph -> wrap(paragraph.text(), WIDTH).forEach(out::println);
            case Block.Title title -> {
                out.println();
                wrap(title.text(), WIDTH).forEach(out::println);
            }
            case Block.Source source ->
                source.text().lines().map(TextRenderer::clean).forEach(out::println);
            case Block.Table table -> write(table);
        }
    }

    private void write(Block.Table table) {
        var rows = new ArrayList<List<List<String>>>();
        if (!table.header().isEmpty()) {
            rows.add(table.header().stream().map(List::of).toList());
        }
        table.rows()
                .forEach(row -> rows.add(row.stream()
                        .map(cell ->
                                cell.lines().stream().map(TextRenderer::clean).toList())
                        .toList()));
        if (rows.isEmpty()) {
            return;
        }
        var last = rows.getFirst().size() - 1;
        var widths = IntStream.range(0, last)
                .map(column -> rows.stream()
                        .flatMap(row -> row.get(column).stream())
                        .mapToInt(String::length)
                        .max()
                        .orElse(0))
                .toArray();
        var rest = Math.max(
                MIN_LAST,
                WIDTH - INDENT.length() * (last + 1) - IntStream.of(widths).sum());
        rows.forEach(row -> write(row, widths, rest));
    }

    private void write(List<List<String>> row, int[] widths, int rest) {
        var lastCell = row.getLast().stream()
                .flatMap(line -> wrap(line, rest).stream())
                .toList();
        var height =
                row.stream().limit(widths.length).mapToInt(List::size).max().orElse(0);
        for (var line = 0; line < Math.max(height, lastCell.size()); line++) {
            var text = new StringBuilder(INDENT);
            for (var column = 0; column < widths.length; column++) {
                var cell = line < row.get(column).size() ? row.get(column).get(line) : "";
                text.append(cell)
                        .append(" ".repeat(widths[column] - cell.length()))
                        .append(INDENT);
            }
            text.append(line < lastCell.size() ? lastCell.get(line) : "");
            out.println(text.toString().stripTrailing());
        }
    }

    /** Breaks between words; a longer word is broken. */
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : clean(text).split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
            while (line.length() > width) {
                lines.add(line.substring(0, width));
                line.delete(0, width);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** A terminal obeys control and format characters, and some of the texts come from elsewhere. */
    private static String clean(String text) {
        return text.replaceAll("[\\r\\n]+", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
