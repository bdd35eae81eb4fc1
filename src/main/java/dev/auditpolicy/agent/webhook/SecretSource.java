package dev.auditpolicy.agent.webhook;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Reads Secrets in the operator's namespace. */
@FunctionalInterface
public interface SecretSource {

    /** For the guard and the commands on the node, which have no API server. */
    SecretSource NONE = name -> {
        throw new IOException("the Secret " + name + " cannot be read without an API server");
    };

    /**
     * The keys and values of the Secret; empty if there is none.
     *
     * @throws IOException if it cannot be read; the message has the way out
     */
    Optional<Map<String, byte[]>> read(String name) throws IOException;
}
