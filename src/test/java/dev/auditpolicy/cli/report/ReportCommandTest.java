package dev.auditpolicy.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Input, output and exit codes. */
final class ReportCommandTest extends ReportTestCase {

    /** With {@code -Dreport.update=true}, the files are written instead. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "html"})
    void writesWhatTheFilesSay(String format) throws IOException {
        var file = RESOURCES.resolve("cluster." + format);

        var out = run("-o", format, "--profile", "cis,pci", "--policy-text", MIXED)
                .out();
        if (Boolean.getBoolean("report.update")) {
            Files.writeString(file, out);
        }

        assertThat(out).isEqualTo(Files.readString(file));
    }

    @Test
    void writesTextOfAHundredColumns() {
        assertThat(run(MIXED).out().lines()).isNotEmpty().allMatch(line -> line.length() <= 100);
    }

    @Test
    void writesHtmlThatIsXmlWithoutScriptsAndWithoutAnythingFromElsewhere() throws Exception {
        var html = run("-o", "html", MIXED).out();
        var document = parsed(html);

        assertThat(document.getElementsByTagName("section").getLength()).isGreaterThan(10);
        assertThat(document.getElementsByTagName("script").getLength()).isZero();
        assertThat(html).doesNotContain(" src=", " href=", "url(", "@import", " onload");
    }

    /** The message of a node is whatever its agent writes. */
    @Test
    void showsMarkupAndControlCharactersAsText() throws Exception {
        var list = mixed();
        var hostile = "<script>alert(1)</script> \" & ' \u001b[2J \u202e \u0000";
        status(nodes(list).get(1)).put("message", hostile);
        var file = Files.writeString(
                Path.of(Files.createTempDirectory("report").toString(), "hostile.json"), list.toString());

        var html = run("-o", "html", "--title", hostile, file.toString()).out();
        var text = run("--title", hostile, file.toString()).out();

        assertThat(parsed(html).getElementsByTagName("script").getLength()).isZero();
        assertThat(parsed(html).getDocumentElement().getTextContent()).contains("<script>alert(1)</script> \" & '");
        assertThat(html + text).doesNotContain("\u001b", "\u202e", "\u0000");
    }

    @Test
    void saysThatAnOldInputProvesNothing() {
        var list = well();
        var result = report(list, "cis");
        assertThat(result.json().path("stale").asBoolean()).isFalse();

        for (var node : nodes(list)) {
            ((ObjectNode) status(node).path("proof")).put("provenAt", "2026-11-30T11:40:00Z");
        }
        var old = report(list, "cis");

        assertThat(old.json().path("stale").asBoolean()).isTrue();
        assertThat(old.json().at("/summary/notProven").asInt()).isEqualTo(6);
    }

    @Test
    void judgesAnOldInputAsOfItsTime() {
        var result = run("--at", "2026-11-30T11:59:00Z", "--profile", "cis", MIXED);

        assertThat(result.out()).contains("As of", "2026-11-30T11:59:00Z, chosen with --at", "2 of them proven");
    }

    @Test
    void rejectsATimeBeforeThatOfTheInput() {
        var result = run("--at", "2026-11-30T10:00:00Z", MIXED);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--at 2026-11-30T10:00:00Z", "2026-11-30T11:58:10Z");
    }

    @Test
    void reportsOnEveryBenchmarkByDefault() {
        assertThat(run("-o", "json", MIXED).json().path("items").findValuesAsText("profile"))
                .contains("cis", "stig", "nsa", "pci");
    }

    @Test
    void namesGapsOfEachKind() {
        var gaps = run("-o", "json", MIXED).gaps();

        assertThat(gaps)
                .contains(
                        "from 2026-11-12T03:14:00Z to 2026-11-12T03:20:30Z (6 min)",
                        "it runs revision 33f31b11107277c1, and 38742c8110473eec is desired",
                        "the proof has expired");
    }

    @Test
    void namesAWebhookThatGetsNoEvents() {
        var list = well();
        ((ArrayNode) nodes(list).getFirst().at("/status/conditions"))
                .addObject()
                .put("type", "SinkHealthy")
                .put("status", "False")
                .put("observedGeneration", 4)
                .put("lastTransitionTime", "2026-11-30T11:50:00Z")
                .put("reason", "Undelivered")
                .put("message", "connection refused");

        assertThat(report(list, "cis").gaps()).contains("do not reach the webhook", "connection refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a: [b", "kind: List\nitems: []", "kind: Policy\nrules: [{level: None}]"})
    void rejectsOtherInput(String input) throws IOException {
        var file = Files.writeString(Files.createTempFile("report", ".yaml"), input);

        var result = run(file.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("kubectl get auditpolicy,auditnodes -o yaml");
    }

    @Test
    void rejectsTheNodesOfTwoClusters() {
        var result = run(MIXED, MIXED);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("one cluster");
    }

    private static Document parsed(String html) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }
}
