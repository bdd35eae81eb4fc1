package dev.auditpolicy.agent;

import dev.auditpolicy.host.ContainerStarts;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Notices that a new kube-apiserver has started and ended again, long before a deadline would. */
final class StartWatch {

    /** Between the end of one process and the start of kubelet's next try there is none; one look is no proof. */
    private static final int LOOKS_WITHOUT_PROCESS = 3;

    private final ContainerStarts starts;
    private final Set<String> before;
    private int looksWithoutProcess;

    /** Counts the starts from now on. */
    StartWatch(ContainerStarts starts) throws IOException {
        this.starts = starts;
        this.before = Set.copyOf(starts.seen());
    }

    /** What the newest start told before it ended, when it has; empty while there is hope. */
    Optional<String> failure(Snapshot seen) throws IOException {
        var since = new TreeSet<>(starts.seen());
        since.removeAll(before);
        looksWithoutProcess = !since.isEmpty() && seen.processes().isEmpty() ? looksWithoutProcess + 1 : 0;
        if (looksWithoutProcess < LOOKS_WITHOUT_PROCESS) {
            return Optional.empty();
        }
        var told = starts.lastError(since.last());
        return Optional.of(told.map(error -> "kube-apiserver ended after its start: " + error)
                .orElse("kube-apiserver ended after its start and told no reason"));
    }
}
