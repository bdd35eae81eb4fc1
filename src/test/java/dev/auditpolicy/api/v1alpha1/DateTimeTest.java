package dev.auditpolicy.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DateTimeTest {

    private static final String JSON =
            "{\"id\":\"t1\",\"node\":\"cp1\",\"revision\":\"r1\",\"attempt\":1,\"issuedAt\":\"2026-01-01T00:00:00Z\"}";

    private final Turn turn = new Turn("t1", "cp1", "r1", 1, Instant.parse("2026-01-01T00:00:00.987654321Z"));

    @Test
    void isRFC3339InSecondsForAPlainObjectMapper() throws JsonProcessingException {
        assertThat(new ObjectMapper().writeValueAsString(turn)).isEqualTo(JSON);
        assertThat(new ObjectMapper().readValue(JSON, Turn.class)).isEqualTo(turn);
    }

    @Test
    void isRFC3339InSecondsForTheKubernetesClient() throws JsonProcessingException {
        var serialization = new KubernetesSerialization();
        assertThat(new ObjectMapper().readTree(serialization.asJson(turn)))
                .isEqualTo(new ObjectMapper().readTree(JSON));
        assertThat(serialization.unmarshal(JSON, Turn.class)).isEqualTo(turn);
    }

    @Test
    void readsAnyOffset() throws JsonProcessingException {
        assertThat(new ObjectMapper().readValue(JSON.replace("00:00:00Z", "02:00:00+02:00"), Turn.class))
                .isEqualTo(turn);
    }

    @Test
    void rejectsOtherText() {
        assertThatThrownBy(() -> new ObjectMapper().readValue(JSON.replace("2026-01-01T", ""), Turn.class))
                .isInstanceOf(InvalidFormatException.class)
                .hasMessageContaining("00:00:00Z");
    }
}
