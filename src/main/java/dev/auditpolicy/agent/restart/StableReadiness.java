package dev.auditpolicy.agent.restart;

import dev.auditpolicy.agent.node.Verification;
import java.time.Duration;

/** Requires several successful verifications in a row: a process may be ready once and then exit. */
public final class StableReadiness {

    /** Between two verifications. */
    public static final Duration INTERVAL = Duration.ofMillis(500);

    private static final int REQUIRED = 3;

    private int successes;

    /** Counts {@code verification}, and returns whether there were enough in a row. */
    public boolean isReachedWith(Verification verification) {
        successes = verification.proven() ? successes + 1 : 0;
        return successes >= REQUIRED;
    }
}
