package dev.auditpolicy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds the AuditNodes in what kubectl prints: a List, a single object or several documents, as YAML or JSON. */
final class AuditNodeReader {

    /** A List of AuditNodes of the greatest policies has 3 MB for each; the YAML parser's own limit is 3 MB in all. */
    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;

    private AuditNodeReader() {}

    /** @param alternative what the input could have been instead, for the error */
    static List<JsonNode> auditNodes(Input input, CommandSpec spec, String alternative) {
        var found = new ArrayList<JsonNode>();
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        try {
            new ObjectMapper(YAMLFactory.builder().loaderOptions(options).build())
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(input.content())
                    .forEachRemaining(document -> collect(document, found));
        } catch (IOException | RuntimeException malformed) {
            throw new ParameterException(
                    spec.commandLine(),
                    input.name() + ": neither YAML nor JSON; pass what kubectl get auditnodes -o yaml prints",
                    malformed);
        }
        if (found.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    input.name() + ": contains no AuditNode; pass what kubectl get auditnodes -o yaml prints, or "
                            + alternative);
        }
        return found;
    }

    private static void collect(JsonNode object, List<JsonNode> found) {
        if (object.path("kind").asText().equals("AuditNode")) {
            found.add(object);
        }
        object.path("items").forEach(item -> collect(item, found));
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
