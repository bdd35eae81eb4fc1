package dev.auditpolicy.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import dev.auditpolicy.replay.total.Histogram;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/** Writes for programs what makes logs large, with all rows. */
public record TopData(TopReport report) {

    /** As one object of JSON. */
    public JsonNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        put(root, report.top().all()).put("unreadableLines", report.read().unreadable());
        for (Dimension dimension : TopReport.DIMENSIONS) {
            ArrayNode rows = root.putArray(DimensionName.key(dimension));
            for (Breakdown.Row row : report.top().breakdown().rows(dimension)) {
                put(rows.addObject().put("name", row.value()), row.totals().now());
            }
        }
        root.put("secondsPerTime", report.top().histogram().length(TopReport.TIMES));
        ArrayNode times = root.putArray("time");
        for (Histogram.Row row : report.top().histogram().rows(TopReport.TIMES)) {
            put(times.addObject().put("from", Instant.ofEpochSecond(row.from()).toString()), row.amount());
        }
        return root;
    }

    private static ObjectNode put(ObjectNode object, Amount amount) {
        return object.put("events", amount.events()).put("bytes", amount.maxBytes());
    }

    /** As lines of CSV. */
    public void writeCsv(PrintWriter out) {
        out.println("attribute,value,events,bytes");
        csv(out, "all", "", report.top().all());
        for (Dimension dimension : TopReport.DIMENSIONS) {
            for (Breakdown.Row row : report.top().breakdown().rows(dimension)) {
                csv(out, DimensionName.key(dimension), row.value(), row.totals().now());
            }
        }
        for (Histogram.Row row : report.top().histogram().rows(TopReport.TIMES)) {
            csv(out, "time", Instant.ofEpochSecond(row.from()).toString(), row.amount());
        }
        out.flush();
    }

    private static void csv(PrintWriter out, String attribute, String value, Amount amount) {
        out.println(
                Csv.line(List.of(attribute, value, Long.toString(amount.events()), Long.toString(amount.maxBytes()))));
    }
}
