package dev.auditpolicy.cli.replay;

import java.util.List;
import java.util.stream.Collectors;

/** Writes comma-separated values as RFC 4180 says. */
final class Csv {

    private Csv() {}

    static String line(List<String> values) {
        return values.stream().map(Csv::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String value) {
        // A spreadsheet takes a text that begins with one of these for a formula, and clients choose user agents.
        String safe = value.matches("(?s)[=+@\\t\\r-].*") && !value.matches("-?\\d+") ? "'" + value : value;
        return safe.matches("(?s).*[\",\\n\\r].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
