package dev.auditpolicy.cli.replay;

import dev.auditpolicy.replay.estimate.MissingRequests;
import dev.auditpolicy.replay.estimate.Range;
import java.io.PrintWriter;

/** Writes for people what a policy would record of requests that are not in the log. */
record MissingText(MissingRequests missing, int limit) {

    private static final long DAY = 86_400;

    void write(PrintWriter out) {
        if (missing.rows().isEmpty()) {
            out.println("Requests that are not in the log: none, by the metrics.");
            return;
        }
        out.println();
        out.println("Not in the log: about " + Figures.count(missing.requests()) + " requests"
                + (missing.seconds() == 0
                        ? ", if the metrics are about the time of the log"
                        : " in the " + Figures.duration(missing.seconds()) + " that kube-apiserver counts")
                + ".");
        out.println("User, namespace and name of these are not known, so what would be recorded is a range:");
        out.println();
        var table = new Table();
        table.add("", "requests", "in the log", "events", "bytes");
        missing.rows().stream()
                .limit(limit)
                .forEach(row -> table.add(
                        "  " + row.request(),
                        Figures.count(row.counted()),
                        Figures.count(row.logged()),
                        range(row.events()),
                        Figures.bytes(row.bytes().min(), row.bytes().max())));
        Range bytes = missing.bytes();
        table.add(
                "  All that is not in the log",
                Figures.count(missing.requests()),
                "",
                range(missing.events()),
                Figures.bytes(bytes.min(), bytes.max()));
        table.print(out);
        if (missing.seconds() > 0) {
            double perDay = (double) DAY / missing.seconds();
            out.println("That is " + Figures.bytes(Math.round(bytes.min() * perDay), Math.round(bytes.max() * perDay))
                    + " per day.");
        }
    }

    private static String range(Range range) {
        return range.min() == range.max()
                ? Figures.count(range.max())
                : Figures.count(range.min()) + "-" + Figures.count(range.max());
    }
}
