package dev.auditpolicy.manifest.flags;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoIntegerTest {

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "+7,7", "-7,-7", "010,8", "0o10,8", "0X1f,31", "0b101,5", "1_000,1000", "0x_1,1", "0_7,7"
    })
    void readsWhatGoReads(String text, long number) {
        assertThat(GoInteger.parse(text)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+", "08", "0x", "0b2", "1_", "_1", "1__0", "#10", " 1", "1.0", "9223372036854775808", "--1"
            })
    void readsNothingThatGoRejects(String text) {
        assertThat(GoInteger.parse(text)).isEmpty();
    }
}
