package dev.auditpolicy.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.Phase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValueNameTest {

    @ParameterizedTest
    @EnumSource(Phase.class)
    void isTheNameInTheStatus(Phase phase) {
        assertThat(ValueName.of(phase)).isEqualTo(new ObjectMapper().convertValue(phase, String.class));
    }
}
