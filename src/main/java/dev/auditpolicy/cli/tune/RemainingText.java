package dev.auditpolicy.cli.tune;

import dev.auditpolicy.cli.replay.Figures;
import dev.auditpolicy.cli.replay.Table;
import dev.auditpolicy.replay.traffic.Volume;
import dev.auditpolicy.replay.tune.Proposal;
import java.io.PrintWriter;

/** Writes for people why a budget cannot be kept. */
record RemainingText(TuneReport report) {

    /** So many kinds of requests are named of what remains for one reason. */
    private static final int EXAMPLES = 3;

    private static final int MAX_REFUSED = 10;

    void write(PrintWriter out) {
        Proposal proposal = report.proposal();
        out.println();
        out.println("The budget cannot be kept: " + perDay(proposal.then().maxBytes()) + " remains, and "
                + report.budget().text() + " is wanted. What remains:");
        var table = new Table();
        for (var reason : proposal.reasons()) {
            add(table, "  " + reason.getKey(), reason.getValue());
            proposal.remaining().stream()
                    .filter(row -> row.reason().equals(reason.getKey()))
                    .limit(EXAMPLES)
                    .forEach(row -> add(table, "    " + row.requests(), row.volume()));
        }
        table.print(out);
        if (!proposal.refused().isEmpty()) {
            out.println("What --keep " + report.keptNames() + " forbids:");
            var forbidden = new Table();
            proposal.refused().stream()
                    .limit(MAX_REFUSED)
                    .forEach(refused -> forbidden.add(
                            "  " + refused.candidate().what() + ": " + refused.objection(),
                            "-" + perDay(refused.saving().maxBytes())));
            forbidden.print(out);
        }
    }

    private void add(Table table, String name, Volume volume) {
        table.add(
                name,
                perDay(volume.maxBytes()),
                Figures.share(volume.maxBytes(), report.proposal().then().maxBytes()));
    }

    private String perDay(long bytes) {
        return Figures.bytes(report.perDay(bytes)) + "/day";
    }
}
