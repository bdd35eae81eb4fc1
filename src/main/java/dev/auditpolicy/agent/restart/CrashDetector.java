package dev.auditpolicy.agent.restart;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.ContainerStarts.Start;
import dev.auditpolicy.journal.RollbackReason;
import dev.auditpolicy.journal.RollbackReason.Cause;
import dev.auditpolicy.journal.StartID;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Detects that the new kube-apiserver has started and exited, long before a deadline would. */
public final class CrashDetector {

    /** Between an exit and kubelet's next start there is no process either, so one observation proves nothing. */
    private static final int REQUIRED_OBSERVATIONS = 3;

    private final ContainerStarts starts;
    private final Set<StartID> known;
    private final Optional<Instant> kubeletRestartedAt;
    private int observationsWithoutProcess;

    /**
     * Counts all starts except those that are {@code known}.
     *
     * @param kubeletRestartedAt when kubelet started, if it did during the turn: earlier starts may have ended with the node's
     *     power. The two times are of the wall clock, and if that was adjusted between them, a deadline detects the crash
     */
    public CrashDetector(ContainerStarts starts, Collection<StartID> known, Optional<Instant> kubeletRestartedAt) {
        this.starts = starts;
        this.known = new HashSet<>(known);
        this.kubeletRestartedAt = kubeletRestartedAt;
    }

    /** The crash of the newest start; empty while it may still become ready. */
    public Optional<RollbackReason> detect(NodeSnapshot current) throws IOException {
        var listed = starts.list();
        // kubelet deletes the log of a pod that is gone, and counts from 0 again if the pod returns.
        known.retainAll(listed.stream().map(Start::id).toList());
        var newest = listed.stream()
                .filter(start -> !known.contains(start.id()))
                .filter(start -> kubeletRestartedAt.filter(start.at()::isBefore).isEmpty())
                .reduce((_, later) -> later);
        observationsWithoutProcess =
                newest.isPresent() && current.processes().isEmpty() ? observationsWithoutProcess + 1 : 0;
        return observationsWithoutProcess < REQUIRED_OBSERVATIONS
                ? Optional.empty()
                : Optional.of(reason(starts.lastError(newest.orElseThrow())));
    }

    /** kube-apiserver names its policy, file or flag in each error about it; this is the one place that reads its text. */
    private static RollbackReason reason(Optional<String> error) {
        return new RollbackReason(
                error.filter(text -> text.contains("policy")).isPresent() ? Cause.POLICY_ERROR : Cause.OTHER,
                error.map(text -> "kube-apiserver exited after it started: " + text)
                        .orElse("kube-apiserver exited after it started and logged no error"));
    }
}
