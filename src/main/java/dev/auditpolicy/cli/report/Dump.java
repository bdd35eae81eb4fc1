package dev.auditpolicy.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/** The objects in what kubectl prints: Lists, single objects or several documents, as YAML or JSON. */
final class Dump {

    /** A List of AuditNodes of the greatest policies has 3 MB for each; the YAML parser's own limit is 3 MB in all. */
    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<JsonNode> objects = new ArrayList<>();

    /** Adds what a file contains. */
    void add(String name, byte[] content) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        var factory = YAMLFactory.builder()
                .loaderOptions(options)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try {
            new ObjectMapper(factory)
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(content)
                    .forEachRemaining(this::collect);
        } catch (IOException | RuntimeException malformed) {
            throw new DumpException(
                    name + ": neither YAML nor JSON; pass what " + DumpReader.COMMAND + " prints", malformed);
        }
    }

    /** Those of a kind in an API group. */
    List<JsonNode> of(String kind, String apiVersionPrefix) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.path("apiVersion").asText().startsWith(apiVersionPrefix))
                .toList();
    }

    /**
     * A part of an object.
     *
     * @return empty if it is absent
     * @throws JsonProcessingException if this release cannot read it
     */
    static <T> Optional<T> part(JsonNode object, String field, Class<T> type) throws JsonProcessingException {
        var part = object.path(field);
        return part.isObject() ? Optional.of(MAPPER.treeToValue(part, type)) : Optional.empty();
    }

    private void collect(JsonNode object) {
        if (object.path("items").isArray()) {
            object.path("items").forEach(this::collect);
        } else if (object.isObject()) {
            objects.add(object);
        }
    }
}
