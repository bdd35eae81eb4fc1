package dev.auditpolicy.agent.turn;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.process.ContainerStarts;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Notices that a new kube-apiserver has started and ended again, long before a deadline would. */
final class CrashDetector {

    /** Between the end of one process and the start of kubelet's next try there is none; one look is no proof. */
    private static final int LOOKS_WITHOUT_PROCESS = 3;

    private final ContainerStarts starts;
    private final Instant since;
    private int looksWithoutProcess;

    /**
     * Counts the starts after {@code since}.
     *
     * @param since when the files were first written, or when kubelet was started if that was later: what ran before a
     *     node lost power did not end by itself
     */
    CrashDetector(ContainerStarts starts, Instant since) {
        this.starts = requireNonNull(starts, "starts is null");
        this.since = requireNonNull(since, "since is null");
    }

    /** What the newest start told before it ended, when it has; empty while there is hope. */
    Optional<String> failure(NodeSnapshot seen) throws IOException {
        var newest = starts.list().stream()
                .filter(start -> start.at().isAfter(since))
                .reduce((_, later) -> later);
        looksWithoutProcess = newest.isPresent() && seen.processes().isEmpty() ? looksWithoutProcess + 1 : 0;
        if (looksWithoutProcess < LOOKS_WITHOUT_PROCESS) {
            return Optional.empty();
        }
        var told = starts.lastError(newest.orElseThrow());
        return Optional.of(told.map(error -> "kube-apiserver ended after its start: " + error)
                .orElse("kube-apiserver ended after its start and told no reason"));
    }
}
