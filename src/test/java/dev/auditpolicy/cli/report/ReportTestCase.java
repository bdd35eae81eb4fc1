package dev.auditpolicy.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.auditpolicy.cli.AuditPolicyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command at noon, with resources that a test changes. */
abstract class ReportTestCase {

    static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    static final Path RESOURCES = Path.of("src/test/resources/report");

    /** Three nodes: one is well, one was rolled back, and the agent of one has not renewed its proof. */
    static final String MIXED = RESOURCES.resolve("cluster.yaml").toString();

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @TempDir
    private Path directory;

    /** What a run has printed. */
    record Result(int exitCode, String out, String err) {

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + out + err, e);
            }
        }

        JsonNode item(String id) {
            return StreamSupport.stream(json().path("items").spliterator(), false)
                    .filter(item -> item.path("id").asText().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        /** Such as {@code pass}. */
        String result(String id) {
            return item(id).path("result").asText();
        }

        String reasons(String id) {
            return item(id).path("reasons").toString();
        }

        String gaps() {
            return json().path("gaps").toString();
        }
    }

    static Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var command = AuditPolicyCommand.commandLine(() -> NOON)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        var exitCode = command.execute(
                Stream.concat(Stream.of("report"), Arrays.stream(arguments)).toArray(String[]::new));
        return new Result(exitCode, out.toString(), err.toString());
    }

    Result report(ObjectNode list, String... profiles) {
        try {
            var file = Files.writeString(directory.resolve("cluster.json"), list.toString());
            return run("-o", "json", "--profile", String.join(",", profiles), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The resources of three nodes that are all well, under a policy that CIS accepts. */
    static ObjectNode well() {
        var list = mixed();
        var items = (ArrayNode) list.path("items");
        var first = (ObjectNode) items.get(1);
        items.remove(3);
        items.remove(2);
        items.add(first.deepCopy());
        items.add(first.deepCopy());
        for (var index = 1; index <= 3; index++) {
            ((ObjectNode) items.get(index).path("metadata")).put("name", "cp" + index);
            status(items.get(index)).remove("lastGap");
        }
        return list;
    }

    static ObjectNode mixed() {
        try {
            return (ObjectNode) YAML.readTree(Files.readString(Path.of(MIXED)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ObjectNode> nodes(ObjectNode list) {
        return StreamSupport.stream(list.path("items").spliterator(), false)
                .filter(item -> item.path("kind").asText().equals("AuditNode"))
                .map(ObjectNode.class::cast)
                .toList();
    }

    static ObjectNode policyStatus(ObjectNode list) {
        return (ObjectNode) list.at("/items/0/status");
    }

    static ObjectNode status(JsonNode node) {
        return (ObjectNode) node.path("status");
    }

    static ObjectNode condition(JsonNode node, String type) {
        return (ObjectNode) StreamSupport.stream(node.at("/status/conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
