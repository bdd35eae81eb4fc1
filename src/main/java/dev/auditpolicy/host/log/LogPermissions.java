package dev.auditpolicy.host.log;

import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Group and mode of the log that a live kube-apiserver writes. A port, so that tests can simulate a node. */
@FunctionalInterface
public interface LogPermissions {

    /**
     * Gives the log this group and mode, if they differ.
     *
     * @param path of the log, as in the flags of the process
     * @param group null to keep the present one
     * @return whether something was changed
     * @throws IOException if the log must not be changed, or cannot; the message says why
     */
    boolean apply(ApiServerProcess process, String path, @Nullable Integer group, int mode) throws IOException;
}
