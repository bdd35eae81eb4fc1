package dev.auditpolicy.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The policies and requests from {@code src/bench/run}, which the upstream benchmark uses too. */
record BenchFiles(Path policies, Path requests) {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static BenchFiles fromEnvironment() {
        return new BenchFiles(Path.of(System.getenv("BENCH_DIR")), Path.of(System.getenv("BENCH_REQUESTS")));
    }

    List<String> policyNames() throws IOException {
        try (Stream<Path> files = Files.list(policies)) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    Policy policy(String name) throws IOException {
        return JSON.readValue(policies.resolve(name + ".json").toFile(), Policy.class);
    }

    List<RequestAttributes> attributes() throws IOException {
        return JSON.readValue(requests.toFile(), new TypeReference<List<Request>>() {}).stream()
                .map(Request::attributes)
                .toList();
    }

    private record Request(
            String user,
            List<String> groups,
            String verb,
            String namespace,
            String apiGroup,
            String apiVersion,
            String resource,
            String subresource,
            String name,
            String path,
            boolean resourceRequest) {

        RequestAttributes attributes() {
            return new RequestAttributes(
                    user,
                    groups,
                    verb,
                    namespace,
                    apiGroup,
                    apiVersion,
                    resource,
                    subresource,
                    name,
                    path,
                    resourceRequest);
        }
    }
}
