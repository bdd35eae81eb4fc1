package dev.auditpolicy.host.systemd;

import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.journal.StartID;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The last start of a unit. Earlier ones need not be listed: whoever looks every few seconds sees each, since systemd waits for
 * RestartSec before the next.
 */
public final class UnitStarts implements ContainerStarts {

    private final Systemd systemd;
    private final String unit;
    private final UnitLog log;

    public UnitStarts(Systemd systemd, String unit, UnitLog log) {
        this.systemd = systemd;
        this.unit = unit;
        this.log = log;
    }

    @Override
    public List<Start> list() throws IOException {
        return systemd.lastStart(unit).map(start -> new Start(new StartID(start.id(), 0), start.at())).stream()
                .toList();
    }

    @Override
    public Optional<String> lastError(Start start) throws IOException {
        return log.lastError(unit, start.id().podUID());
    }
}
