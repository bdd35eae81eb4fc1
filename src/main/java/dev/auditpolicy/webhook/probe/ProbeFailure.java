package dev.auditpolicy.webhook.probe;

import static java.util.stream.Collectors.joining;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why no answer arrived. */
final class ProbeFailure {

    private static final int MAX_LENGTH = 256;

    private ProbeFailure() {}

    static ProbeResult of(String host, Throwable failure, long timeoutSeconds) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return new ProbeResult.NameNotResolved(host);
        }
        if (has(failure, HttpTimeoutException.class)) {
            return new ProbeResult.TimedOut(timeoutSeconds);
        }
        if (has(failure, SSLException.class)) {
            return new ProbeResult.TlsFailed(innermost(failure));
        }
        return new ProbeResult.NotReachable(
                has(failure, ConnectException.class) && failure.getMessage() == null
                        ? "connection refused"
                        : innermost(failure));
    }

    /** A TLS failure wraps its reason: a name that the certificate does not contain, or an unknown authority. */
    static String innermost(Throwable failure) {
        var message = causes(failure)
                .reduce((_, inner) -> inner)
                .flatMap(inner -> Optional.ofNullable(inner.getMessage())
                        .map(text -> text.lines().collect(joining(" ")))
                        .or(() -> Optional.of(inner.getClass().getSimpleName())))
                .orElse("");
        return message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "…";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause);
    }
}
