package dev.auditpolicy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes reports as SARIF 2.1.0 (OASIS standard of 2020), the format of code scanning services. */
final class SarifReport {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private SarifReport() {}

    static JsonNode of(List<Report> reports) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "auditpolicy");
        rules(driver.putArray("rules"), reports);
        ArrayNode results = run.putArray("results");
        for (Report report : reports) {
            for (Diagnostic diagnostic : report.diagnostics()) {
                result(results.addObject(), report.input().name(), diagnostic);
            }
        }
        return root;
    }

    private static void rules(ArrayNode rules, List<Report> reports) {
        Map<String, String> names = new TreeMap<>();
        reports.forEach(
                report -> report.diagnostics().forEach(diagnostic -> names.put(diagnostic.code(), diagnostic.name())));
        names.forEach((code, name) -> {
            ObjectNode rule = rules.addObject();
            rule.put("id", code).put("name", name);
            rule.putObject("shortDescription").put("text", summary(code, name));
        });
    }

    private static String summary(String code, String name) {
        return FindingCode.find(code)
                .map(FindingCode::summary)
                .orElse(
                        switch (code) {
                            case Diagnostic.REJECTED -> "kube-apiserver rejects the policy";
                            case Diagnostic.DROPPED -> "kube-apiserver silently drops part of the policy";
                            case DiffReport.CODE -> "Requests are recorded differently";
                            default -> name;
                        });
    }

    private static void result(ObjectNode result, String file, Diagnostic diagnostic) {
        result.put("ruleId", diagnostic.code()).put("level", level(diagnostic.severity()));
        String subject = diagnostic.path().isEmpty() ? "" : diagnostic.path() + ": ";
        String fix = diagnostic.fix().isEmpty() ? "" : ". Fix: " + diagnostic.fix();
        result.putObject("message").put("text", subject + diagnostic.message() + fix);
        ObjectNode location = result.putArray("locations").addObject().putObject("physicalLocation");
        location.putObject("artifactLocation").put("uri", uri(file));
        if (diagnostic.position().line() > 0) {
            location.putObject("region")
                    .put("startLine", diagnostic.position().line())
                    .put("startColumn", diagnostic.position().column());
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    private static String uri(String file) {
        return file.replace("%", "%25").replace(" ", "%20").replace("#", "%23").replace("?", "%3F");
    }
}
