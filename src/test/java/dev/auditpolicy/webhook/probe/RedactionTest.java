package dev.auditpolicy.webhook.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.webhook.sink.SinkCredentials;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final Redaction TOKEN = Redaction.of(new SinkCredentials.Token("secret-token", Optional.empty()));

    @Test
    void removesATokenThatTheReceiverRepeats() {
        assertThat(TOKEN.apply("bad: Bearer secret-token, or secret-token"))
                .isEqualTo("bad: Bearer [redacted], or [redacted]");
    }

    /** The rest of the body is not read. */
    @Test
    void removesTheBeginningOfATokenAtTheEnd() {
        assertThat(TOKEN.apply("bad: Bearer secret-to")).isEqualTo("bad: Bearer [redacted]");
    }

    @Test
    void leavesAnAnswerWithoutCredentials() {
        assertThat(TOKEN.apply("disk full")).isEqualTo("disk full");
    }

    @Test
    void removesAPasswordAndItsEncodedForm() {
        var redaction = Redaction.of(new SinkCredentials.Basic("audit", "password"));

        assertThat(redaction.apply("Basic YXVkaXQ6cGFzc3dvcmQ= is audit:password"))
                .isEqualTo("Basic [redacted] is audit:[redacted]");
    }
}
