package dev.auditpolicy.cli.replay;

import dev.auditpolicy.replay.ReplayResult;
import dev.auditpolicy.replay.estimate.MissingRequests;
import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import dev.auditpolicy.replay.total.Totals;
import java.io.PrintWriter;
import java.util.List;

/** Writes the report of a replay for people. */
public record ReplayText(ReplayReport report) {

    /** Writes it. */
    public void write(PrintWriter out) {
        ReplayResult result = report.result();
        out.println(Figures.count(result.events()) + " events in " + Figures.duration(result.seconds()) + ", "
                + Figures.bytes(report.read().bytes()) + "; recorded differently: "
                + Figures.count(result.changed()));
        out.println("Now: " + report.now() + ". Then: " + report.then() + ".");
        out.println();
        var table = new Table();
        table.add("", "events now", "bytes now", "events then", "bytes then", "");
        add(table, "All", result.all());
        for (Dimension dimension : ReplayReport.DIMENSIONS) {
            addRows(table, dimension, result.breakdown().rows(dimension));
        }
        table.print(out);
        out.println();
        writeNotes(out);
        out.flush();
    }

    private void addRows(Table table, Dimension dimension, List<Breakdown.Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        table.add("");
        table.add(DimensionName.title(dimension));
        rows.stream()
                .limit(report.limit())
                .forEach(row -> add(table, "  " + report.valueName(dimension, row.value()), row.totals()));
        if (rows.size() > report.limit()) {
            var rest = new Totals();
            rows.stream().skip(report.limit()).forEach(row -> rest.add(row.totals()));
            add(table, "  (" + (rows.size() - report.limit()) + " more)", rest);
        }
    }

    private static void add(Table table, String name, Totals totals) {
        Amount now = totals.now();
        Amount then = totals.then();
        table.add(
                name,
                Figures.count(now.events()),
                Figures.bytes(now.minBytes(), now.maxBytes()),
                Figures.count(then.events()),
                Figures.bytes(then.minBytes(), then.maxBytes()),
                Figures.change(now.minBytes() + now.maxBytes(), then.minBytes() + then.maxBytes()));
    }

    private void writeNotes(PrintWriter out) {
        ReplayResult result = report.result();
        out.println(
                result.estimated() == 0
                        ? "Bodies: all are measured in the log."
                        : "Bodies: " + Figures.count(result.estimated())
                                + " events would have a body that the log does not have. Their bytes are a range of"
                                + " sizes\nmeasured on kube-apiserver 1.36; all other bytes are measured in the log.");
        if (result.added().events() > 0) {
            out.println("RequestReceived: the log has no event of this stage. " + report.then() + " would add about "
                    + Figures.count(result.added().events()) + " events, "
                    + Figures.bytes(result.added().minBytes(), result.added().maxBytes()) + ".");
        }
        MissingRequests missing = report.missing();
        if (missing == null) {
            out.println(
                    "Requests that are not in the log are not counted. --metrics FILE estimates what they would add.");
        } else {
            new MissingText(missing, report.limit()).write(out);
        }
    }
}
