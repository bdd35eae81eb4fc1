package dev.auditpolicy.host.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes why a probe failed, so that an administrator knows where to look. */
final class ProbeFailure {

    /** A failing /readyz of kube-apiserver has about 3 KB. */
    private static final int MAX_BODY_BYTES = 16 * 1024;

    private static final int MAX_LENGTH = 256;

    private ProbeFailure() {}

    /** Why no response arrived. */
    static String of(String address, IOException failure) {
        return bounded(
                switch (failure) {
                    case ConnectException _ ->
                        "connection to " + address + " refused: nothing listens there, or --bind-address is another";
                    case SocketTimeoutException _ -> "no response from " + address + " within 3 s";
                    case NoRouteToHostException _ -> "no route to " + address;
                    case UnknownHostException _ -> "the name of " + address + " cannot be resolved";
                    case SSLException certificate ->
                        "TLS connection to " + address + " failed: " + innermost(certificate);
                    default -> "request to " + address + " failed: " + message(failure);
                });
    }

    /**
     * Why a response does not count.
     *
     * @param body of the response, which lists the checks that fail
     */
    static String of(String address, int status, @Nullable InputStream body) throws IOException {
        var failing = failingChecks(body);
        return bounded(address + " answers /readyz with status " + status
                + (failing.isEmpty() ? "" : ", failing checks: " + failing));
    }

    /** The lines {@code [-]etcd failed: reason withheld}. */
    private static String failingChecks(@Nullable InputStream body) throws IOException {
        return body == null
                ? ""
                : new String(body.readNBytes(MAX_BODY_BYTES), UTF_8)
                        .lines()
                        .filter(line -> line.startsWith("[-]"))
                        .map(line -> line.substring("[-]".length()).split(" ", 2)[0])
                        .collect(joining(", "));
    }

    /** A TLS failure wraps its reason: a name that the certificate does not contain, or an unknown authority. */
    private static String innermost(Throwable failure) {
        var cause = Stream.iterate(failure, each -> each.getCause() != null, Throwable::getCause)
                .map(Throwable::getCause)
                .reduce(failure, (_, inner) -> inner);
        return message(cause);
    }

    private static String message(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .map(message -> message.lines().collect(joining(" ")))
                .orElseGet(() -> failure.getClass().getSimpleName());
    }

    private static String bounded(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
