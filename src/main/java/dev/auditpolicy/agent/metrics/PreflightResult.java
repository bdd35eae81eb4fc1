package dev.auditpolicy.agent.metrics;

import dev.auditpolicy.host.process.Preflight.Verdict;

/** The kind of verdict of a pre-flight check. */
enum PreflightResult {
    LOADS,
    REFUSES,
    NOT_POSSIBLE;

    static PreflightResult of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Loads _ -> LOADS;
            case Verdict.Refuses _ -> REFUSES;
            case Verdict.NotPossible _ -> NOT_POSSIBLE;
        };
    }
}
