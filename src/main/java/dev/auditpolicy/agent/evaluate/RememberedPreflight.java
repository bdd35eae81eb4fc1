package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Preflight;
import dev.auditpolicy.host.process.Preflight.Verdict;
import java.util.Map;
import java.util.Optional;

/** Runs the pre-flight check once for each policy, set of flags and process, and remembers the verdict. */
public final class RememberedPreflight {

    private final Preflight preflight;
    private Optional<CacheEntry> last = Optional.empty();

    public RememberedPreflight(Preflight preflight) {
        this.preflight = preflight;
    }

    private record CacheEntry(String policy, Map<String, String> flags, ApiServerProcess process, Verdict verdict) {

        boolean isFor(String desiredPolicy, Map<String, String> desiredFlags, ApiServerProcess running) {
            return policy.equals(desiredPolicy) && flags.equals(desiredFlags) && process.isSameAs(running);
        }
    }

    Verdict check(AuditNodeSpec spec, Map<String, String> flags, Optional<ApiServerProcess> process)
            throws InterruptedException {
        if (process.isEmpty()) {
            return new Verdict.NotPossible("no kube-apiserver static pod is running on this node");
        }
        var running = process.get();
        if (last.filter(entry -> entry.isFor(spec.policy(), flags, running)).isEmpty()) {
            last = Optional.of(
                    new CacheEntry(spec.policy(), flags, running, preflight.check(running, spec.policy(), flags)));
        }
        return last.orElseThrow().verdict();
    }
}
