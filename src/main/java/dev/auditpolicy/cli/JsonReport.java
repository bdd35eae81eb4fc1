package dev.auditpolicy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Writes reports as one JSON object, with all findings and verdicts. */
final class JsonReport {

    private JsonReport() {}

    static JsonNode of(List<Report> reports) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode findings = root.putArray("findings");
        for (Report report : reports) {
            for (Diagnostic diagnostic : report.diagnostics()) {
                add(findings.addObject(), report.input().name(), diagnostic);
            }
        }
        ArrayNode verdicts = root.putArray("verdicts");
        for (Report report : reports) {
            if (!report.verdict().isEmpty()) {
                verdicts.addObject().put("file", report.input().name()).put("message", report.verdict());
            }
        }
        return root;
    }

    private static void add(ObjectNode finding, String file, Diagnostic diagnostic) {
        finding.put("file", file);
        if (diagnostic.position().line() > 0) {
            finding.put("line", diagnostic.position().line());
            finding.put("column", diagnostic.position().column());
        }
        finding.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
        finding.put("code", diagnostic.code());
        finding.put("name", diagnostic.name());
        finding.put("path", diagnostic.path());
        finding.put("message", diagnostic.message());
        finding.put("fix", diagnostic.fix());
        if (!diagnostic.benchmarks().isEmpty()) {
            diagnostic.benchmarks().forEach(finding.putArray("benchmarks")::add);
        }
    }
}
