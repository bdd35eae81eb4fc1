package dev.auditpolicy.cli.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.replay.estimate.MissingRequests;
import dev.auditpolicy.replay.estimate.Range;

/** Writes for programs what a policy would record of requests that are not in the log. */
record MissingData(MissingRequests missing) {

    void addTo(ObjectNode object) {
        object.put("seconds", missing.seconds()).put("requests", missing.requests());
        add(object, missing.events(), missing.bytes());
        ArrayNode rows = object.putArray("request");
        for (MissingRequests.Row row : missing.rows()) {
            ObjectNode added = rows.addObject().put("name", row.request());
            added.put("counted", row.counted()).put("logged", row.logged());
            add(added, row.events(), row.bytes());
        }
    }

    private static void add(ObjectNode object, Range events, Range bytes) {
        object.put("minEvents", events.min()).put("maxEvents", events.max());
        object.put("minBytes", bytes.min()).put("maxBytes", bytes.max());
    }
}
