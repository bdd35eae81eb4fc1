package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.manifest.flags.Flags;
import java.time.Duration;
import java.util.List;

/** How long a stopping kube-apiserver is left alone. */
final class ShutdownGracePeriod {

    private ShutdownGracePeriod() {}

    /** --audit-log-batch-max-wait where it is not set. */
    private static final int DEFAULT_MAX_WAIT_SECONDS = 30;

    /**
     * What the user grants, beyond what kube-apiserver itself waits for before it stops to listen, and what the backend
     * of the live process may take until it has written the events that it holds.
     */
    static Duration of(AuditNodeSpec spec, NodeSnapshot before) {
        var flags = before.newest().map(ApiServerProcess::flags).orElseGet(() -> Flags.of(List.of()));
        return duration(flags, "shutdown-delay-duration", Duration.ZERO)
                .plus(heldEvents(flags))
                .plusSeconds(spec.drainSeconds());
    }

    private static Duration heldEvents(Flags flags) {
        return flags.value("audit-log-mode").filter("batch"::equals).isPresent()
                ? duration(flags, "audit-log-batch-max-wait", Duration.ofSeconds(DEFAULT_MAX_WAIT_SECONDS))
                : Duration.ZERO;
    }

    private static Duration duration(Flags flags, String name, Duration otherwise) {
        return flags.value(name).map(GoDuration::parse).orElse(otherwise);
    }
}
