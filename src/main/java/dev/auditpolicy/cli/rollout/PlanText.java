package dev.auditpolicy.cli.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * What a rollout will change, as text.
 *
 * @param plan {@code status.plan} of the AuditPolicy; missing if there is none
 */
record PlanText(JsonNode plan) {

    /** The status has more. */
    private static final int SHOWN_CHANGES = 3;

    /** No line if there is no plan yet. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        plan.path("nodes").forEach(node -> lines.add("  " + node.path("name").asText() + ": " + node(node)));
        if (lines.isEmpty()) {
            return lines;
        }
        lines.addFirst("The plan:");
        var kinds = plan.path("changedKinds").asInt();
        if (kinds > 0) {
            lines.add("  " + kinds + (kinds == 1 ? " kind" : " kinds") + " of requests will be recorded differently:");
        }
        StreamSupport.stream(plan.path("changes").spliterator(), false)
                .limit(SHOWN_CHANGES)
                .forEach(change -> lines.add("    " + change.asText()));
        if (kinds > SHOWN_CHANGES) {
            lines.add("    … (kubectl get auditpolicy cluster -o jsonpath='{.status.plan.changes}')");
        }
        return lines;
    }

    private static String node(JsonNode node) {
        var restart = node.path("restart");
        return (restart.isMissingNode()
                        ? "no restart"
                        : "restart " + restart.path("strategy").asText() + ", about "
                                + node.path("restartSeconds").asInt() + " s")
                + (node.has("log") ? "; " + log(node.path("log")) : "");
    }

    private static String log(JsonNode log) {
        return "its log grows at " + rate(log.path("minBytesPerSecond")) + " to " + rate(log.path("maxBytesPerSecond"))
                + " kB/s instead of " + rate(log.path("bytesPerSecond"))
                + (log.has("retentionHours")
                        ? ", kept for " + log.path("retentionHours").asLong() + " h"
                        : "");
    }

    private static String rate(JsonNode bytesPerSecond) {
        return String.format(Locale.ROOT, "%.1f", bytesPerSecond.asDouble() / 1000);
    }
}
