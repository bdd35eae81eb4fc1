package dev.auditpolicy.agent;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.ApiServerProcess;
import dev.auditpolicy.manifest.Flags;
import java.time.Duration;

/** How long a stopping kube-apiserver is left alone. */
final class Drain {

    private Drain() {}

    /** What the user grants, beyond what kube-apiserver itself waits for before it stops to listen. */
    static Duration of(AuditNodeSpec spec, Snapshot before) {
        var shutdownDelay = before.newest()
                .map(ApiServerProcess::commandLine)
                .map(Flags::of)
                .flatMap(flags -> flags.value("shutdown-delay-duration"))
                .map(GoDuration::parse)
                .orElse(Duration.ZERO);
        return shutdownDelay.plusSeconds(spec.drainSeconds());
    }
}
