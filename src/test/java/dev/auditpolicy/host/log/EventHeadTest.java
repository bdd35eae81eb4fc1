package dev.auditpolicy.host.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventHeadTest {

    private static final String JSON = "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\","
            + "\"auditID\":\"8cb46926-0bd2-41a3-bd94-7b7c2ce8b1b0\",\"stage\":\"RequestReceived\",\"requestURI\":\"/\u0085\"}";

    @Test
    void readsALineOfTheJsonFormat() {
        assertThat(of(JSON))
                .contains(new EventHead(
                        Optional.of(Level.METADATA), "8cb46926-0bd2-41a3-bd94-7b7c2ce8b1b0", Stage.REQUEST_RECEIVED));
    }

    @Test
    void readsALineOfTheLegacyFormat() {
        assertThat(
                        of(
                                "2026-01-02T03:04:05.678901234Z AUDIT: id=\"8cb4\" stage=\"ResponseComplete\" ip=\"::1\" method=\"get\""))
                .contains(new EventHead(Optional.empty(), "8cb4", Stage.RESPONSE_COMPLETE));
    }

    /** The caller controls the rest of the line. */
    @Test
    void ignoresTheMiddleOfALine() {
        assertThat(of("x" + JSON)).isEmpty();
        assertThat(of(JSON.substring(20))).isEmpty();
    }

    @Test
    void needsOnlyTheBeginning() {
        assertThat(of(JSON + "x".repeat(1000))).isPresent();
    }

    private static Optional<EventHead> of(String line) {
        var bytes = line.getBytes(UTF_8);
        return EventHead.of(bytes, bytes.length);
    }
}
