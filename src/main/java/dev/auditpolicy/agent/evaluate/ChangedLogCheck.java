package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.log.CanarySender;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits for the first canaries after a restart. Two in a row must be missing: one can be late while a node starts all that
 * waited for its API server.
 */
public final class ChangedLogCheck {

    private static final int MISSING = 2;

    /** For the time between the first two canaries. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final LogVerifier log;
    private final Ticker ticker;
    private final Sleeper sleeper;

    public ChangedLogCheck(LogVerifier log, Ticker ticker, Sleeper sleeper) {
        this.log = log;
        this.ticker = ticker;
        this.sleeper = sleeper;
    }

    /** What the log lacks. Empty if it is complete, if no canary request succeeds, or without a log. */
    public Optional<String> problem(AuditNodeSpec spec, NodeSnapshot node) throws InterruptedException {
        var settings = spec.log();
        if (settings == null) {
            return Optional.empty();
        }
        var process = node.newest().orElseThrow();
        var limit = CanarySender.timeout(settings).multipliedBy(MISSING).plus(MARGIN);
        var deadline = ticker.now().plus(limit);
        log.measure(node);
        while (ticker.now().isBefore(deadline)) {
            switch (log.verify(spec, process)) {
                case AuditState.Proven _, AuditState.Unmanaged _ -> {
                    return Optional.empty();
                }
                case AuditState.Lost lost -> {
                    if (log.missingInARow() >= MISSING) {
                        return Optional.of(String.join("; ", lost.reasons()));
                    }
                }
                case AuditState.Unverified _ -> {}
            }
            sleeper.sleep(INTERVAL);
        }
        return Optional.empty();
    }
}
