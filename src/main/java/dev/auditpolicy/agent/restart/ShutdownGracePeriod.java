package dev.auditpolicy.agent.restart;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.manifest.flags.GoDuration;
import java.time.Duration;

/** How long a stopping kube-apiserver may take before the agent kills it. */
public final class ShutdownGracePeriod {

    /** kube-apiserver 1.36.3 delivers 900 events within 1.2 s of SIGTERM, and does not wait for a batch to fill. */
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private ShutdownGracePeriod() {}

    /**
     * The sum of what kube-apiserver waits before it stops listening, what its backends may take to write or to send buffered
     * events, and the {@code drainSeconds} of the spec. A webhook that is down would hold it for 94 s (measured on 1.36.3), and
     * lose the events all the same: it gets no more time than one that is well.
     *
     * @param flags of the process that stops
     */
    public static Duration of(AuditNodeSpec spec, Flags flags) {
        return duration(flags, "shutdown-delay-duration", Duration.ZERO)
                .plus(bufferedEvents(flags))
                .plusSeconds(spec.drainSeconds());
    }

    private static Duration bufferedEvents(Flags flags) {
        return ofLog(flags).plus(ofWebhook(flags));
    }

    private static Duration ofWebhook(Flags flags) {
        var sends = flags.value("audit-webhook-config-file").isPresent()
                && flags.value("audit-webhook-mode")
                        .filter(mode -> !mode.equals("batch"))
                        .isEmpty();
        return sends ? FLUSH : Duration.ZERO;
    }

    private static Duration ofLog(Flags flags) {
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
