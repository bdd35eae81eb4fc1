package dev.auditpolicy.agent.log;

import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.host.log.LogPermissions;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps group and mode of the live log as {@code spec.log.file} says, which needs no restart. */
public final class LogFileKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LogFileKeeper.class);

    private final LogPermissions permissions;

    public LogFileKeeper(LogPermissions permissions) {
        this.permissions = permissions;
    }

    /** Why the log does not have them. Empty if it has. */
    public Optional<String> keep(LogBackend settings, ApiServerProcess process) {
        var access = settings.file();
        if (access == null) {
            return Optional.empty();
        }
        try {
            if (permissions.apply(
                    process,
                    settings.path(),
                    access.group(),
                    access.effectiveMode().bits())) {
                LOG.atInfo()
                        .addKeyValue("group", access.group())
                        .addKeyValue(
                                "mode",
                                Integer.toOctalString(access.effectiveMode().bits()))
                        .log("Access to the audit log changed");
            }
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of("log.file is not in effect: " + failure.getMessage());
        }
    }
}
