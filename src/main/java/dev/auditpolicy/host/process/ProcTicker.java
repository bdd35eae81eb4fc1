package dev.auditpolicy.host.process;

import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** {@link Ticker} from {@code /proc/uptime}. */
public final class ProcTicker implements Ticker {

    private final Proc proc;

    public ProcTicker() {
        this(Path.of("/proc"));
    }

    ProcTicker(Path proc) {
        this.proc = new Proc(proc);
    }

    /** @throws UncheckedIOException if {@code /proc} is not mounted, in which case nothing else works either */
    @Override
    public BootTime now() {
        try {
            return proc.now();
        } catch (IOException noProc) {
            throw new UncheckedIOException(noProc);
        }
    }
}
