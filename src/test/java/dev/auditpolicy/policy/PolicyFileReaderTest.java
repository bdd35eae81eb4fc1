package dev.auditpolicy.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyFileReaderTest {

    static Stream<JsonNode> vectors() {
        return Vectors.of("policyload");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithUpstream(JsonNode vector) {
        String error = vector.path("error").asText();
        // The vectors' validation is that of 1.36, their printing of lists that of 1.33.
        KubernetesVersion version = new KubernetesVersion(1, error.contains("[]string{") ? 33 : 36);

        PolicyFileReading reading = new PolicyFileReader(version)
                .read(vector.get("input").textValue().getBytes(UTF_8));

        assertThat(reading.warning()).isEqualTo(vector.path("warning").asText());
        switch (reading) {
            case PolicyFileReading.Loaded loaded -> {
                assertThat(vector.get("ok").booleanValue()).isTrue();
                assertThat(loaded.policy().rules()).hasSize(vector.get("rules").intValue());
            }
            case PolicyFileReading.Refused refused -> {
                assertThat(vector.get("ok").booleanValue()).isFalse();
                if (error.startsWith("failed decoding: yaml:")) {
                    assertThat(refused.message()).startsWith("failed decoding: yaml:");
                } else {
                    assertThat(refused.message()).isEqualTo(error);
                }
                assertThat(refused.problems()).isNotEmpty();
            }
        }
    }

    @Test
    void coversEveryVector() {
        assertThat(vectors()).hasSize(78);
    }
}
