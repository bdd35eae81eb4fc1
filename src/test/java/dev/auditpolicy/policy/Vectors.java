package dev.auditpolicy.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** Recorded results of upstream's code. */
public final class Vectors {

    private Vectors() {}

    public static Stream<JsonNode> of(String name) {
        try (InputStream file = Vectors.class.getResourceAsStream("/vectors/" + name + "-vectors.json")) {
            return new ObjectMapper().readTree(file).valueStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
