package dev.auditpolicy.webhook.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.webhook.status.SinkHealth.Delivery;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SinkHealthTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private static SinkCounters counters(Map<String, Long> attempts, long lost, long events) {
        return new SinkCounters(attempts, Map.of("webhook", lost), events);
    }

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    private static SinkHealth delivering() {
        return SinkHealth.first(counters(Map.of("200", 5L), 0, 1000), at(0));
    }

    @Test
    void knowsNothingBeforeTheFirstRequest() {
        assertThat(SinkHealth.first(counters(Map.of(), 0, 20), at(0)).delivery())
                .isEqualTo(new Delivery.Unknown());
    }

    @Test
    void knowsNothingFromFailuresAndSuccessesOfThePast() {
        var health = SinkHealth.first(counters(Map.of("200", 5L, "500", 5L), 0, 20), at(0));

        assertThat(health.delivery()).isEqualTo(new Delivery.Unknown());
    }

    @Test
    void failsFromTheFirstRequestOn() {
        var health = SinkHealth.first(counters(Map.of("<error>", 2L), 0, 20), at(0));

        assertThat(health.delivery()).isEqualTo(new Delivery.Failing(at(0), Map.of("<error>", 2L)));
        assertThat(health.unsent()).isEqualTo(20);
    }

    @Test
    void failsSinceTheLastReadingBeforeTheFirstFailure() {
        var health = delivering()
                .next(counters(Map.of("200", 6L), 0, 1100), at(10))
                .next(counters(Map.of("200", 6L, "500", 1L), 0, 1150), at(20))
                .next(counters(Map.of("200", 6L, "500", 1L, "<error>", 2L), 0, 1200), at(30));

        assertThat(health.delivery()).isEqualTo(new Delivery.Failing(at(10), Map.of("500", 1L, "<error>", 2L)));
    }

    /** Between two attempts are up to 34 s. */
    @Test
    void goesOnFailingWhileNothingIsTried() {
        var failing = counters(Map.of("200", 5L, "500", 1L), 0, 1000);

        assertThat(delivering().next(failing, at(10)).next(failing, at(20)).delivery())
                .isInstanceOf(Delivery.Failing.class);
    }

    /** A receiver that accepts every other request still loses some batches. */
    @Test
    void failsWhileSomeRequestsFail() {
        var health = delivering().next(counters(Map.of("200", 9L, "500", 1L), 0, 1000), at(10));

        assertThat(health.delivery()).isInstanceOf(Delivery.Failing.class);
    }

    @Test
    void succeedsAgainWithoutAFailedRequest() {
        var health = delivering()
                .next(counters(Map.of("200", 5L, "500", 1L), 0, 1100), at(10))
                .next(counters(Map.of("200", 6L, "500", 1L), 0, 1200), at(20));

        assertThat(health.delivery()).isEqualTo(new Delivery.Succeeding());
        assertThat(health.unsent()).isZero();
    }

    @Test
    void eventsWaitFromTheLastSuccessOn() {
        var health = delivering().next(counters(Map.of("200", 5L, "500", 1L), 0, 1300), at(10));

        assertThat(health.unsent()).isEqualTo(300);
    }

    @Test
    void lostEventsDoNotWait() {
        var health = delivering().next(counters(Map.of("200", 5L, "500", 5L), 200, 1300), at(10));

        assertThat(health.unsent()).isEqualTo(100);
        assertThat(health.lost()).isEqualTo(200);
    }

    /** Up to so many: those of the last 10 s before the success may be in a later request. */
    @Test
    void whatWasLostInAnEarlierOutageIsNotSubtractedTwice() {
        var health = delivering()
                .next(counters(Map.of("200", 5L, "500", 5L), 200, 1300), at(10))
                .next(counters(Map.of("200", 6L, "500", 5L), 200, 1400), at(20))
                .next(counters(Map.of("200", 6L, "500", 6L), 200, 1450), at(30));

        assertThat(health.unsent()).isEqualTo(150);
    }
}
