package dev.auditpolicy.cli.replay;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of text: names on the left, numbers on the right. It is as wide as 100 columns at most. */
public final class Table {

    private static final int WIDTH = 100;
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; the first cell is a name. */
    public void add(String... cells) {
        // Clients choose some of the names, and a terminal obeys control characters.
        rows.add(Arrays.stream(cells)
                .map(cell -> cell.replaceAll("\\p{Cntrl}", "?"))
                .toList());
    }

    /** Prints all rows. */
    public void print(PrintWriter out) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            // The only cell of a row may be as long as it likes.
            for (int column = row.size() == 1 ? 1 : 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        int numbers = 0;
        for (int column = 1; column < columns; column++) {
            numbers += GAP.length() + widths[column];
        }
        int name = Math.min(widths.length == 0 ? 0 : widths[0], WIDTH - numbers);
        for (List<String> row : rows) {
            out.println(line(row, name, widths).stripTrailing());
        }
    }

    private static String line(List<String> row, int name, int[] widths) {
        if (row.size() == 1) {
            return row.getFirst();
        }
        var line = new StringBuilder(padded(shortened(row.getFirst(), name), name));
        for (int column = 1; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(GAP).append(" ".repeat(widths[column] - cell.length())).append(cell);
        }
        return line.toString();
    }

    /** Leaves out the middle, because the ends of long names differ. */
    private static String shortened(String name, int width) {
        if (name.length() <= width) {
            return name;
        }
        int head = (width - 1) / 2;
        return name.substring(0, head) + "…" + name.substring(name.length() - (width - 1 - head));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
