package dev.auditpolicy.webhook.probe;

import dev.auditpolicy.webhook.sink.SinkCredentials;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes credentials from what a receiver answers: some repeat the request, and the answer is in statuses, Events and logs. */
final class Redaction {

    private static final String REDACTED = "[redacted]";

    /** Shorter ones would remove parts of words. */
    private static final int MIN_LENGTH = 4;

    private final List<String> secrets;

    private Redaction(Stream<String> secrets) {
        this.secrets = secrets.filter(secret -> secret.length() >= MIN_LENGTH)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    static Redaction of(SinkCredentials credentials) {
        return new Redaction(
                switch (credentials) {
                    case SinkCredentials.None _ -> Stream.of();
                    case SinkCredentials.Token token -> Stream.of(token.token());
                    case SinkCredentials.Basic basic ->
                        Stream.concat(
                                Stream.of(basic.password()),
                                basic.authorization().map(value -> value.replace("Basic ", "")).stream());
                });
    }

    /** {@code text} without credentials, also without one that is cut off at its end. */
    String apply(String text) {
        var redacted = text;
        for (var secret : secrets) {
            redacted = withoutBeginningOf(secret, redacted.replace(secret, REDACTED));
        }
        return redacted;
    }

    private static String withoutBeginningOf(String secret, String text) {
        for (var length = Math.min(secret.length() - 1, text.length()); length >= MIN_LENGTH; length--) {
            if (text.endsWith(secret.substring(0, length))) {
                return text.substring(0, text.length() - length) + REDACTED;
            }
        }
        return text;
    }
}
