package dev.auditpolicy.agent.evaluate;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Preflight;
import dev.auditpolicy.host.process.Preflight.Verdict;
import java.util.Map;
import java.util.Optional;

/** Asks once for each spec and program: the answer can change with neither being changed. */
public final class RememberedPreflight {

    private final Preflight preflight;
    private Optional<CacheEntry> last = Optional.empty();

    public RememberedPreflight(Preflight preflight) {
        this.preflight = requireNonNull(preflight, "preflight is null");
    }

    private record CacheEntry(String policy, Map<String, String> flags, ApiServerProcess process, Verdict verdict) {

        boolean isAbout(AuditNodeSpec spec, Map<String, String> wanted, ApiServerProcess asked) {
            return policy.equals(spec.policy()) && flags.equals(wanted) && process.isSameAs(asked);
        }
    }

    Verdict check(AuditNodeSpec spec, Map<String, String> flags, Optional<ApiServerProcess> process)
            throws InterruptedException {
        if (process.isEmpty()) {
            return new Verdict.NotPossible("no kube-apiserver of a static pod is running on this node");
        }
        if (last.filter(asked -> asked.isAbout(spec, flags, process.get())).isEmpty()) {
            last = Optional.of(new CacheEntry(
                    spec.policy(), flags, process.get(), preflight.check(process.get(), spec.policy(), flags)));
        }
        return last.orElseThrow().verdict();
    }
}
