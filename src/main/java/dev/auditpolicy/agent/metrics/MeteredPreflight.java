package dev.auditpolicy.agent.metrics;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Preflight;
import java.util.Map;

/** Counts the verdicts of pre-flight checks. */
public final class MeteredPreflight implements Preflight {

    private final Preflight preflight;
    private final AgentMeters meters;

    public MeteredPreflight(Preflight preflight, AgentMeters meters) {
        this.preflight = preflight;
        this.meters = meters;
    }

    @Override
    public Verdict check(ApiServerProcess process, String policy, Map<String, String> auditFlags)
            throws InterruptedException {
        var verdict = preflight.check(process, policy, auditFlags);
        meters.preflight(PreflightResult.of(verdict));
        return verdict;
    }
}
