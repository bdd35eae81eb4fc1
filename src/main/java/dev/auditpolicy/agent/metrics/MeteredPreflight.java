package dev.auditpolicy.agent.metrics;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Preflight;
import java.util.Map;

/** A pre-flight whose verdicts are counted. */
public final class MeteredPreflight implements Preflight {

    private final Preflight preflight;
    private final AgentMeters meters;

    public MeteredPreflight(Preflight preflight, AgentMeters meters) {
        this.preflight = requireNonNull(preflight, "preflight is null");
        this.meters = requireNonNull(meters, "meters is null");
    }

    @Override
    public Verdict check(ApiServerProcess process, String policy, Map<String, String> auditFlags)
            throws InterruptedException {
        var verdict = preflight.check(process, policy, auditFlags);
        meters.preflight(PreflightResult.of(verdict));
        return verdict;
    }
}
