package dev.auditpolicy.webhook.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/** What the requests to the receiver carry in the header Authorization. */
public sealed interface SinkCredentials {

    /** The value of the header; empty if there is none. */
    Optional<String> authorization();

    /** No header. */
    record None() implements SinkCredentials {
        @Override
        public Optional<String> authorization() {
            return Optional.empty();
        }
    }

    /**
     * A bearer token.
     *
     * @param key of the Secret, if the token is a file
     */
    record Token(String token, Optional<String> key) implements SinkCredentials {
        @Override
        public Optional<String> authorization() {
            return Optional.of("Bearer " + token);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Token[" + key.map(name -> "in key " + name).orElse("in the kubeconfig") + "]";
        }
    }

    /** User and password, from the kubeconfig's user or from the URL. */
    record Basic(String user, String password) implements SinkCredentials {
        @Override
        public Optional<String> authorization() {
            return Optional.of("Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
        }

        /** Without user and password. */
        @Override
        public String toString() {
            return "Basic[]";
        }
    }
}
