package dev.auditpolicy.policy.lint.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what kubectl prints about the resources and namespaces of a cluster. */
public final class ClusterReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ClusterReader() {}

    /**
     * The resources, from {@code kubectl get --raw /openapi/v2} or {@code kubectl api-resources -o wide}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Discovery resources(String text) {
        if (!isJson(text)) {
            return Discovery.of(ResourceTable.read(text).orElseThrow(ClusterReader::noResources));
        }
        try (JsonParser json = JSON.createParser(text)) {
            List<KnownResource> resources = OpenApiReader.read(json);
            if (resources.isEmpty()) {
                throw noResources();
            }
            return Discovery.of(resources);
        } catch (IOException e) {
            throw new IllegalArgumentException(noResources().getMessage(), e);
        }
    }

    private static IllegalArgumentException noResources() {
        return new IllegalArgumentException(
                "contains no resources: create the file with \"kubectl get --raw /openapi/v2\" or \"kubectl api-resources -o"
                        + " wide\"");
    }

    /**
     * The namespaces, from {@code kubectl get namespaces} with {@code -o name}, {@code -o json} or no format.
     *
     * @throws IllegalArgumentException if the text contains none
     */
    public static Set<String> namespaces(String text) {
        Set<String> names = isJson(text) ? fromJson(text) : fromLines(text);
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "contains no namespaces: create the file with \"kubectl get namespaces -o name\"");
        }
        return names;
    }

    private static Set<String> fromLines(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\s", 2)[0].replaceFirst("^namespace/", ""))
                .filter(name -> name.matches("[a-z0-9][a-z0-9-]*"))
                .collect(Collectors.toSet());
    }

    private static Set<String> fromJson(String text) {
        try {
            return JSON.readTree(text)
                    .path("items")
                    .valueStream()
                    .map(item -> item.at("/metadata/name"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .collect(Collectors.toSet());
        } catch (JsonProcessingException _) {
            return Set.of();
        }
    }

    private static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }
}
