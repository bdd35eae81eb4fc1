package dev.auditpolicy.agent.restart;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.manifest.flags.GoDuration;
import java.time.Duration;

/** How long a stopping kube-apiserver may take before the agent kills it. */
public final class ShutdownGracePeriod {

    private ShutdownGracePeriod() {}

    /**
     * The sum of what kube-apiserver waits before it stops listening, what its log backend may take to write buffered
     * events, and the {@code drainSeconds} of the spec.
     *
     * @param flags of the process that stops
     */
    public static Duration of(AuditNodeSpec spec, Flags flags) {
        return duration(flags, "shutdown-delay-duration", Duration.ZERO)
                .plus(bufferedEvents(flags))
                .plusSeconds(spec.drainSeconds());
    }

    private static Duration bufferedEvents(Flags flags) {
        return flags.value("audit-log-mode").filter("batch"::equals).isPresent()
                ? duration(flags, "audit-log-batch-max-wait", Duration.ZERO)
                : Duration.ZERO;
    }

    private static Duration duration(Flags flags, String name, Duration defaultValue) {
        return flags.value(name)
                .map(GoDuration::parse)
                .filter(Duration::isPositive)
                .orElse(defaultValue);
    }
}
