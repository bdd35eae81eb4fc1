package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayCommandTest extends CommandTestCase {

    private static final String RECORDED = "src/replay/events.log.gz";
    private static final String GCE = "src/bench/gce-2026.json";
    private static final int WIDTH = 100;

    private static String event(String uri) {
        return "{\"level\":\"Metadata\",\"stage\":\"ResponseComplete\",\"requestURI\":\"" + uri
                + "\",\"verb\":\"list\",\"user\":{\"username\":\"jane\"},\"stageTimestamp\":\"2026-01-31T12:00:00.000000Z\"}\n";
    }

    private String policy(String level) {
        return write(
                level + ".yaml",
                "apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{level: " + level
                        + "}]\n");
    }

    private void writeGzip(String name, String content) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static long events(CommandResult result) {
        return result.json().path("all").path("now").path("events").asLong();
    }

    @Test
    void succeedsIfEverythingIsRecordedAsBefore() {
        run("replay", "--policy", policy("Metadata"), write("audit.log", event("/api/v1/pods")))
                .expectExitCode(0);
    }

    @Test
    void failsIfAnEventIsRecordedDifferently() {
        CommandResult result = run("replay", "--policy", policy("None"), write("audit.log", event("/api/v1/pods")))
                .expectExitCode(1);

        assertThat(result.out()).contains("Metadata becomes None");
    }

    @Test
    void comparesWithAnotherPolicy() {
        String log = write("audit.log", event("/api/v1/pods"));

        run("replay", "--policy", policy("None"), "--against", policy("None"), log)
                .expectExitCode(0);
        run("replay", "--policy", policy("None"), "--against", policy("Metadata"), log)
                .expectExitCode(1);
    }

    @Test
    void fitsInAHundredColumns() {
        CommandResult result = run("replay", "--policy", GCE, RECORDED).expectExitCode(1);

        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(WIDTH));
        assertThat(result.out()).contains("By level", "By rule", "By verb", "By resource", "By user", "By namespace");
    }

    @Test
    void readsRotatedAndCompressedLogsOfADirectory() throws IOException {
        write("logs/audit.log", event("/a"));
        write("logs/audit-2026-01-30T03-04-05.000.log", event("/b"));
        writeGzip("logs/audit-2026-01-29T03-04-05.000.log.gz", event("/c"));
        write("logs/other.txt", "no log");

        CommandResult result = run(
                "replay",
                "--policy",
                policy("None"),
                "-o",
                "json",
                directory.resolve("logs").toString());

        assertThat(events(result)).isEqualTo(3);
    }

    @Test
    void readsStandardInput() {
        CommandResult result =
                runWithInput(event("/a") + event("/b"), "replay", "--policy", policy("None"), "-o", "json", "-");

        assertThat(events(result)).isEqualTo(2);
    }

    @Test
    void reportsLinesThatAreNoEventsAndGoesOn() {
        String log = write("audit.log", event("/a") + "klog\n" + event("/b").substring(0, 40));

        CommandResult result =
                run("replay", "--policy", policy("None"), "-o", "json", log).expectExitCode(1);

        assertThat(events(result)).isOne();
        assertThat(result.err())
                .contains(
                        "warning: " + log + ":2: unexpected 'k' instead of an object at column 1",
                        "warning: " + log + ":3: the line ends");
    }

    @Test
    void failsIfNoLineIsAnEvent() {
        CommandResult result = run("replay", "--policy", policy("None"), write("audit.log", "klog\n"));

        assertThat(result.expectExitCode(2).err()).contains("error: no audit event in ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.log", "empty"})
    void failsIfThereIsNothingToRead(String name) throws IOException {
        Files.createDirectories(directory.resolve("empty"));

        run("replay", "--policy", policy("None"), directory.resolve(name).toString())
                .expectExitCode(2);
    }

    @Test
    void writesTheSameNumbersAsCsvAndJson() {
        JsonNode json = run("replay", "--policy", GCE, "-o", "json", RECORDED).json();
        List<String> csv = run("replay", "--policy", GCE, "-o", "csv", RECORDED)
                .out()
                .lines()
                .toList();

        JsonNode then = json.path("all").path("then");
        JsonNode now = json.path("all").path("now");
        assertThat(csv.get(1))
                .isEqualTo("all,,%s,%s,%s,%s,%s,%s"
                        .formatted(
                                now.path("events"),
                                now.path("minBytes"),
                                now.path("maxBytes"),
                                then.path("events"),
                                then.path("minBytes"),
                                then.path("maxBytes")));
    }

    @Test
    void drawsAChart() throws Exception {
        Path chart = directory.resolve("chart.svg");
        String log = write("audit.log", event("/api/v1/<script>&"));

        run("replay", "--policy", policy("None"), "--chart", chart.toString(), log)
                .expectExitCode(1);

        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(chart.toFile());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getDocumentElement().getTextContent()).contains("<script>&");
    }

    @Test
    void estimatesRequestsThatAreNotInTheLog() {
        String metrics = write(
                "metrics.txt",
                "apiserver_request_total{group=\"\",resource=\"secrets\",scope=\"resource\",subresource=\"\",verb=\"GET\"} 10\n");

        CommandResult result = run(
                "replay",
                "--policy",
                policy("Metadata"),
                "--metrics",
                metrics,
                write("audit.log", event("/api/v1/pods")));

        assertThat(result.expectExitCode(0).out()).contains("Not in the log: about 10 requests", "6.9-8.0 kB");
    }

    @Test
    void rejectsMetricsOfAnotherProgram() {
        String metrics = write("metrics.txt", "up 1\n");

        CommandResult result =
                run("replay", "--policy", GCE, "--metrics", metrics, RECORDED).expectExitCode(2);

        assertThat(result.err()).contains("has no apiserver_request_total");
    }

    @Test
    void printsNoControlCharactersOfClients() {
        CommandResult result = run("replay", "--policy", policy("None"), write("audit.log", event("/\\u001b[2J")));

        assertThat(result.out()).contains("/?[2J").doesNotContain("\u001b");
    }
}
