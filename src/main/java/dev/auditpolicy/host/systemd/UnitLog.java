package dev.auditpolicy.host.systemd;

import java.io.IOException;
import java.util.Optional;

/** What the processes of a unit have logged. A port. */
public interface UnitLog {

    /**
     * The last error that kube-apiserver has logged, truncated and without credentials.
     *
     * @param invocation the start that it belongs to
     */
    Optional<String> lastError(String unit, String invocation) throws IOException;
}
