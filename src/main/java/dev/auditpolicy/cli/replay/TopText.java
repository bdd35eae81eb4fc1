package dev.auditpolicy.cli.replay;

import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import dev.auditpolicy.replay.total.Histogram;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** Writes for people what makes logs large. */
public record TopText(TopReport report) {

    private static final int BAR = 50;

    /** Writes it. */
    public void write(PrintWriter out) {
        Amount all = report.top().all();
        out.println(Figures.count(all.events()) + " events, " + Figures.bytes(all.maxBytes()));
        out.println();
        var table = new Table();
        table.add("", "bytes", "", "events", "", "bytes/event");
        for (Dimension dimension : TopReport.DIMENSIONS) {
            addRows(table, dimension, report.top().breakdown().rows(dimension));
        }
        table.print(out);
        writeTimes(out);
        out.flush();
    }

    private void addRows(Table table, Dimension dimension, List<Breakdown.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        table.add(DimensionName.title(dimension));
        rows.stream()
                .limit(report.limit())
                .forEach(row -> add(
                        table,
                        "  " + report.valueName(dimension, row.value()),
                        row.totals().now()));
        if (rows.size() > report.limit()) {
            var rest = new Amount();
            rows.stream()
                    .skip(report.limit())
                    .forEach(row -> rest.add(row.totals().now()));
            add(table, "  (" + (rows.size() - report.limit()) + " more)", rest);
        }
        table.add("");
    }

    private void add(Table table, String name, Amount amount) {
        Amount all = report.top().all();
        table.add(
                name,
                Figures.bytes(amount.maxBytes()),
                Figures.share(amount.maxBytes(), all.maxBytes()),
                Figures.count(amount.events()),
                Figures.share(amount.events(), all.events()),
                Figures.bytes(amount.maxBytes() / Math.max(1, amount.events())));
    }

    private void writeTimes(PrintWriter out) {
        List<Histogram.Row> rows = report.top().histogram().rows(TopReport.TIMES);
        if (rows.isEmpty()) {
            return;
        }
        out.println("By time, UTC, each row "
                + Figures.duration(report.top().histogram().length(TopReport.TIMES)));
        long largest =
                rows.stream().mapToLong(row -> row.amount().maxBytes()).max().orElse(1);
        var table = new Table();
        for (Histogram.Row row : rows) {
            int length = (int) Math.round((double) BAR * row.amount().maxBytes() / largest);
            table.add(
                    "  "
                            + Instant.ofEpochSecond(row.from())
                                    .toString()
                                    .substring(0, 16)
                                    .replace('T', ' '),
                    Figures.bytes(row.amount().maxBytes()),
                    "#".repeat(length) + " ".repeat(BAR - length));
        }
        table.print(out);
    }
}
