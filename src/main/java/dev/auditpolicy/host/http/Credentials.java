package dev.auditpolicy.host.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** By what kube-apiserver knows the caller. */
public sealed interface Credentials {

    /**
     * The token of a service account.
     *
     * @param token read for each request, because kubelet renews it
     */
    record Token(Supplier<String> token) implements Credentials {}

    /** The client certificate of the connection, with the common name {@code user} and the organization {@code group}. */
    record Certificate(String user, String group) implements Credentials {}

    /** The headers of a request. */
    default Map<String, String> headers() {
        return switch (this) {
            case Token(Supplier<String> token) -> Map.of("Authorization", "Bearer " + token.get());
            case Certificate _ -> Map.of();
        };
    }

    /** Who kube-apiserver takes the caller for. */
    default CallerIdentity identity() throws IOException {
        return switch (this) {
            case Token(Supplier<String> token) -> CallerIdentity.ofToken(token.get());
            case Certificate(String user, String group) ->
                new CallerIdentity(user, List.of(group, "system:authenticated"));
        };
    }
}
