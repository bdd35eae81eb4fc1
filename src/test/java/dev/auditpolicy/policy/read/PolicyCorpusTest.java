package dev.auditpolicy.policy.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.Vectors;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies of public clusters, and what {@code k8s.io/apiserver} 0.36.3 made of each. */
class PolicyCorpusTest {

    private static final Path FOLDER = Path.of("src/test/resources/policies");

    private static final KubernetesVersion V1_36 = new KubernetesVersion(1, 36);

    static Stream<JsonNode> verdicts() {
        return Vectors.of("policycorpus");
    }

    static Stream<JsonNode> loadedOnes() {
        return verdicts().filter(verdict -> verdict.get("ok").booleanValue());
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void agreesWithUpstream(JsonNode verdict) throws IOException {
        PolicyFileReading reading = read(verdict, V1_36);

        assertThat(reading.warning()).isEqualTo(verdict.path("warning").asText());
        switch (reading) {
            case PolicyFileReading.Loaded loaded -> {
                assertThat(verdict.get("ok").booleanValue()).isTrue();
                assertThat(loaded.ignored().isEmpty()).isEqualTo(!verdict.has("warning"));
            }
            case PolicyFileReading.InvalidFile invalid -> {
                assertThat(verdict.get("ok").booleanValue()).isFalse();
                if (!invalid.message().startsWith("failed decoding: yaml:")) {
                    assertThat(invalid.message()).isEqualTo(verdict.get("error").textValue());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("loadedOnes")
    void readsWhatUpstreamReads(JsonNode verdict) throws IOException {
        PolicyReading upstream = new PolicyReader(V1_36).read(verdict.get("policy"), "policy");

        assertThat(upstream).isEqualTo(new PolicyReading.ValidPolicy(policy(verdict)));
    }

    @ParameterizedTest
    @MethodSource("loadedOnes")
    void writesWhatItReadsBackAsTheSame(JsonNode verdict) throws IOException {
        String written = PolicyWriter.write(policy(verdict));

        assertThat(new PolicyFileReader(V1_36).read(written.getBytes(UTF_8)))
                .isEqualTo(new PolicyFileReading.Loaded(policy(verdict), RuleOrigins.NONE, List.of(), ""));
    }

    @Test
    void rejectsTheStarGroupBefore136() throws IOException {
        JsonNode star = verdicts()
                .filter(verdict -> verdict.get("file").textValue().contains("group-star"))
                .findFirst()
                .orElseThrow();

        assertThat(read(star, new KubernetesVersion(1, 35)))
                .isInstanceOfSatisfying(PolicyFileReading.InvalidFile.class, invalid -> assertThat(invalid.problems())
                        .extracting(located -> located.position().line())
                        .containsExactly(14, 26));
    }

    @Test
    void coversEveryFile() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(verdicts()
                            .map(verdict -> verdict.get("file").textValue())
                            .toList());
        }
    }

    private static Policy policy(JsonNode verdict) throws IOException {
        return ((PolicyFileReading.Loaded) read(verdict, V1_36)).policy();
    }

    private static PolicyFileReading read(JsonNode verdict, KubernetesVersion version) throws IOException {
        return new PolicyFileReader(version)
                .read(Files.readAllBytes(FOLDER.resolve(verdict.get("file").textValue())));
    }
}
