package dev.auditpolicy.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAccessTest {

    private final List<String> asked = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private MetricsAccess answer = MetricsAccess.ALLOWED;
    private boolean isAway;

    private final TokenAccess access = new TokenAccess(
            token -> {
                asked.add(token);
                if (isAway) {
                    throw new IOException("connection refused");
                }
                return answer;
            },
            () -> now);

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic YTpi", "Bearer"})
    void asksNobodyWithoutAToken(String header) {
        assertThat(access.of(header)).isEqualTo(MetricsAccess.UNAUTHENTICATED);
        assertThat(asked).isEmpty();
    }

    @Test
    void asksForTheToken() {
        assertThat(access.of("bearer abc")).isEqualTo(MetricsAccess.ALLOWED);
        assertThat(asked).containsExactly("abc");
    }

    @Test
    void remembersAnAnswerForAMinute() {
        access.of("Bearer a");
        after(Duration.ofSeconds(59));
        access.of("Bearer a");
        assertThat(asked).hasSize(1);

        answer = MetricsAccess.FORBIDDEN;
        after(Duration.ofSeconds(1));
        assertThat(access.of("Bearer a")).isEqualTo(MetricsAccess.FORBIDDEN);
    }

    @Test
    void asksAgainSoonForWhatWasDenied() {
        answer = MetricsAccess.FORBIDDEN;
        access.of("Bearer a");
        answer = MetricsAccess.ALLOWED;
        after(Duration.ofSeconds(10));

        assertThat(access.of("Bearer a")).isEqualTo(MetricsAccess.ALLOWED);
    }

    @Test
    void keepsTokensApart() {
        access.of("Bearer a");
        answer = MetricsAccess.UNAUTHENTICATED;

        assertThat(access.of("Bearer b")).isEqualTo(MetricsAccess.UNAUTHENTICATED);
    }

    @Test
    void letsAKnownClientInForAWhileIfTheApiServerIsAway() {
        access.of("Bearer a");
        isAway = true;

        after(Duration.ofMinutes(9));
        assertThat(access.of("Bearer a")).isEqualTo(MetricsAccess.ALLOWED);
        after(Duration.ofMinutes(1));
        assertThat(access.of("Bearer a")).isEqualTo(MetricsAccess.UNKNOWN);
    }

    @Test
    void letsNobodyElseInIfTheApiServerIsAway() {
        answer = MetricsAccess.FORBIDDEN;
        access.of("Bearer denied");
        isAway = true;
        after(Duration.ofMinutes(1));

        assertThat(access.of("Bearer denied")).isEqualTo(MetricsAccess.UNKNOWN);
        assertThat(access.of("Bearer new")).isEqualTo(MetricsAccess.UNKNOWN);
    }

    @Test
    void forgetsTheOldestOfManyTokens() {
        access.of("Bearer a");
        IntStream.range(0, 64).forEach(i -> access.of("Bearer other" + i));
        asked.clear();
        access.of("Bearer a");

        assertThat(asked).containsExactly("a");
    }

    private void after(Duration duration) {
        now = now.plus(duration);
    }
}
