package dev.auditpolicy.cli.replay;

import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import java.util.List;
import java.util.Locale;

/** Draws the bytes by level and by resource as SVG: a pair of bars for each, now and then. */
public record ReplayChart(ReplayReport report) {

    private static final int WIDTH = 900;
    private static final int NAME_WIDTH = 300;
    private static final int BAR_WIDTH = 420;
    private static final int ROW_HEIGHT = 30;
    private static final int TOP = 54;
    private static final String NOW_COLOUR = "#8a939c";
    private static final String THEN_COLOUR = "#2f6fde";

    /** The whole file. */
    public String svg() {
        List<Breakdown.Row> levels = rows(Dimension.LEVEL);
        List<Breakdown.Row> resources = rows(Dimension.RESOURCE);
        int height = TOP + (levels.size() + resources.size()) * ROW_HEIGHT + 2 * ROW_HEIGHT + 16;
        var svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                WIDTH,
                height));
        legend(svg, 16, NOW_COLOUR, report.now(), report.result().all().now());
        legend(svg, 34, THEN_COLOUR, report.then(), report.result().all().then());
        int y = section(svg, TOP, "Bytes by level", levels);
        section(svg, y, "Bytes by resource", resources);
        return svg.append("</svg>\n").toString();
    }

    private List<Breakdown.Row> rows(Dimension dimension) {
        return report.result().breakdown().rows(dimension).stream()
                .filter(row -> size(row) > 0)
                .limit(report.limit())
                .toList();
    }

    private static long size(Breakdown.Row row) {
        return Math.max(row.totals().now().maxBytes(), row.totals().then().maxBytes());
    }

    private static void legend(StringBuilder svg, int y, String colour, String name, Amount amount) {
        svg.append(String.format(
                Locale.ROOT, "<rect x=\"12\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>%n", y - 9, colour));
        text(
                svg,
                28,
                y,
                name + ": " + Figures.count(amount.events()) + " events, "
                        + Figures.bytes(amount.minBytes(), amount.maxBytes()));
    }

    private static int section(StringBuilder svg, int top, String title, List<Breakdown.Row> rows) {
        int y = top + ROW_HEIGHT - 10;
        svg.append(String.format(
                Locale.ROOT, "<text x=\"12\" y=\"%d\" font-weight=\"bold\">%s</text>%n", y, escaped(title)));
        long largest =
                Math.max(1, rows.stream().mapToLong(ReplayChart::size).max().orElse(1));
        int rowTop = top + ROW_HEIGHT;
        for (Breakdown.Row row : rows) {
            text(svg, 12, rowTop + 16, row.value());
            bar(svg, rowTop + 2, NOW_COLOUR, row.totals().now(), largest);
            bar(svg, rowTop + 14, THEN_COLOUR, row.totals().then(), largest);
            rowTop += ROW_HEIGHT;
        }
        return rowTop;
    }

    /** Solid up to the minimum, and pale up to the maximum. */
    private static void bar(StringBuilder svg, int y, String colour, Amount amount, long largest) {
        double min = (double) BAR_WIDTH * amount.minBytes() / largest;
        double max = (double) BAR_WIDTH * amount.maxBytes() / largest;
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"10\" fill=\"%s\" opacity=\"0.4\"/>"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"10\" fill=\"%s\"/>%n",
                NAME_WIDTH,
                y,
                max,
                colour,
                NAME_WIDTH,
                y,
                min,
                colour));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" font-size=\"10\">%s</text>%n",
                NAME_WIDTH + max + 6,
                y + 9,
                escaped(Figures.bytes(amount.minBytes(), amount.maxBytes()))));
    }

    private static void text(StringBuilder svg, int x, int y, String text) {
        String shown = text.length() > 110 ? text.substring(0, 109) + "…" : text;
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, escaped(shown)));
    }

    /** Clients choose some of the names, so also what XML does not allow at all is replaced. */
    private static String escaped(String text) {
        return text.replaceAll("[\\x00-\\x1f\\ufffe\\uffff]", "\ufffd")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
