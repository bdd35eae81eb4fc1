package dev.auditpolicy.agent.restart;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.time.Duration;
import java.util.Optional;

/** Requires several successful verifications of one process in a row: it may be ready once and then exit, and another may start. */
public final class StableReadiness {

    /** Between two verifications. */
    public static final Duration INTERVAL = Duration.ofMillis(500);

    private static final int REQUIRED = 3;

    private int successes;
    private Optional<ApiServerProcess> last = Optional.empty();

    /** Counts {@code verification} of {@code node}, and returns whether there were enough in a row. */
    public boolean isReachedWith(Verification verification, NodeSnapshot node) {
        var isSame = last.filter(
                        process -> node.newest().filter(process::isSameAs).isPresent())
                .isPresent();
        successes = verification.proven() ? (isSame ? successes : 0) + 1 : 0;
        last = node.newest();
        return successes >= REQUIRED;
    }
}
