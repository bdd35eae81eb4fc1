package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.manifest.flags.Flags;
import java.time.Duration;
import java.util.List;

/** How long a stopping kube-apiserver may take before the agent kills it. */
final class ShutdownGracePeriod {

    private ShutdownGracePeriod() {}

    /**
     * The sum of what kube-apiserver waits before it stops listening, what its log backend may take to write buffered
     * events, and the {@code drainSeconds} of the spec.
     */
    static Duration of(AuditNodeSpec spec, NodeSnapshot current) {
        var flags = current.newest().map(ApiServerProcess::flags).orElseGet(() -> Flags.of(List.of()));
        return duration(flags, "shutdown-delay-duration", Duration.ZERO)
                .plus(bufferedEvents(flags))
                .plusSeconds(spec.drainSeconds());
    }

    private static Duration bufferedEvents(Flags flags) {
        return flags.value("audit-log-mode").filter("batch"::equals).isPresent()
                ? duration(flags, "audit-log-batch-max-wait", Duration.ofSeconds(Batch.DEFAULT_MAX_WAIT_SECONDS))
                : Duration.ZERO;
    }

    private static Duration duration(Flags flags, String name, Duration defaultValue) {
        return flags.value(name).map(GoDuration::parse).orElse(defaultValue);
    }
}
