package dev.auditpolicy.host.systemd;

import dev.auditpolicy.host.process.ApiServerProcess;
import java.util.List;
import java.util.Optional;

/** The command lines of processes. A port, so that tests can simulate a host. */
@FunctionalInterface
public interface CommandLines {

    /** Program and arguments of {@code process}; empty if it has ended. */
    Optional<List<String>> of(ApiServerProcess process);
}
