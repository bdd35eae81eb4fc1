package dev.auditpolicy.replay.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BudgetTest {

    @ParameterizedTest
    @CsvSource({
        "2GB/day, 2000000000",
        "2 GB / day, 2000000000",
        "1.5GiB/day, 1610612736",
        "1kB/s, 86400000",
        "1KiB/s, 88473600",
        "1MB/min, 1440000000",
        "1MB/h, 24000000",
        "1TiB/day, 1099511627776"
    })
    void isASizePerTime(String text, double bytesPerDay) {
        assertThat(Budget.parse(text).bytesPerDay()).isEqualTo(bytesPerDay);
    }

    @Test
    void isScaledToTheTimeOfTheLog() {
        assertThat(Budget.parse("2GB/day").bytesIn(3 * 3600)).isEqualTo(250_000_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2GB | '2GB' has no unit of time; use s, min, h or day, such as 2GB/day",
                "2GB/ | '2GB/' has no unit of time; use s, min, h or day, such as 2GB/day",
                "2GB/week | '2GB/week' has the unknown unit of time 'week'; use s, min, h or day, such as 2GB/day",
                "2KB/day | '2KB/day' has the unknown unit of size 'KB' (did you mean kB?); use kB, MB",
                "2Gb/day | '2Gb/day' has the unknown unit of size 'Gb' (did you mean GB?); use kB, MB",
                "2G/day | '2G/day' has the unknown unit of size 'G'; use kB, MB",
                "2/day | '2/day' has no unit of size; use kB, MB",
                "0GB/day | '0GB/day' is nothing; write such as 2GB/day",
                "-1GB/day | '-1GB/day' is not a size per time; write such as 2GB/day",
                "much | 'much' is not a size per time; write such as 2GB/day"
            })
    void saysWhatToWriteInstead(String text, String message) {
        assertThatThrownBy(() -> Budget.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999TB/s", ""})
    void refusesWhatIsNoBudget(String text) {
        assertThatThrownBy(() -> Budget.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
