package dev.auditpolicy.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.replay.ReplayResult;
import dev.auditpolicy.replay.estimate.MissingRequests;
import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import java.io.PrintWriter;
import java.util.List;

/** Writes the report of a replay for programs, with all rows. */
public record ReplayData(ReplayReport report) {

    /** As one object of JSON. */
    public JsonNode json() {
        ReplayResult result = report.result();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("now", report.now()).put("then", report.then());
        root.put("events", result.events()).put("bytes", report.read().bytes());
        root.put("unreadableLines", report.read().unreadable());
        root.put("seconds", result.seconds());
        root.put("changedEvents", result.changed());
        root.put("eventsWithEstimatedBodies", result.estimated());
        root.set("all", totals(result.all().now(), result.all().then()));
        for (Dimension dimension : ReplayReport.DIMENSIONS) {
            ArrayNode rows = root.putArray(DimensionName.key(dimension));
            for (Breakdown.Row row : result.breakdown().rows(dimension)) {
                ObjectNode object = rows.addObject().put("name", row.value());
                object.setAll(totals(row.totals().now(), row.totals().then()));
            }
        }
        root.set("addedRequestReceived", amount(result.added()));
        MissingRequests missing = report.missing();
        if (missing != null) {
            new MissingData(missing).addTo(root.putObject("notInTheLog"));
        }
        return root;
    }

    private static ObjectNode totals(Amount now, Amount then) {
        ObjectNode totals = JsonNodeFactory.instance.objectNode();
        totals.set("now", amount(now));
        totals.set("then", amount(then));
        return totals;
    }

    private static ObjectNode amount(Amount amount) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("events", amount.events())
                .put("minBytes", amount.minBytes())
                .put("maxBytes", amount.maxBytes());
    }

    /** As lines of CSV. */
    public void writeCsv(PrintWriter out) {
        out.println("attribute,value,eventsNow,minBytesNow,maxBytesNow,eventsThen,minBytesThen,maxBytesThen");
        csv(out, "all", "", report.result().all().now(), report.result().all().then());
        for (Dimension dimension : ReplayReport.DIMENSIONS) {
            for (Breakdown.Row row : report.result().breakdown().rows(dimension)) {
                csv(
                        out,
                        DimensionName.key(dimension),
                        row.value(),
                        row.totals().now(),
                        row.totals().then());
            }
        }
        out.flush();
    }

    private static void csv(PrintWriter out, String attribute, String value, Amount now, Amount then) {
        out.println(Csv.line(List.of(
                attribute,
                value,
                Long.toString(now.events()),
                Long.toString(now.minBytes()),
                Long.toString(now.maxBytes()),
                Long.toString(then.events()),
                Long.toString(then.minBytes()),
                Long.toString(then.maxBytes()))));
    }
}
