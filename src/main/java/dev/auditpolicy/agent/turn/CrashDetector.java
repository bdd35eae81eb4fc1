package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.journal.RollbackReason;
import dev.auditpolicy.journal.RollbackReason.Cause;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Detects that the new kube-apiserver has started and exited, long before a deadline would. */
final class CrashDetector {

    /** Between an exit and kubelet's next start there is no process either, so one observation proves nothing. */
    private static final int REQUIRED_OBSERVATIONS = 3;

    private final ContainerStarts starts;
    private final Instant since;
    private int observationsWithoutProcess;

    /**
     * Counts the starts after {@code since}.
     *
     * @param since when the turn began, or when kubelet started if that was later: a power failure is not a
     *     crash
     */
    CrashDetector(ContainerStarts starts, Instant since) {
        this.starts = starts;
        this.since = since;
    }

    /** The crash of the newest start; empty while it may still become ready. */
    Optional<RollbackReason> detect(NodeSnapshot current) throws IOException {
        var newest = starts.list().stream()
                .filter(start -> start.at().isAfter(since))
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
