package dev.auditpolicy.agent.reapply;

import dev.auditpolicy.journal.BootTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Ends what would become a war of writes with another program. It is not kept across a restart of the agent: each write still
 * answers one of the other program's.
 */
final class RecentWrites {

    private static final Duration WITHIN = Duration.ofMinutes(10);

    /** {@code kubeadm upgrade} writes each manifest once. */
    private static final int OF_ONE_KUBEADM = 2;

    private static final int OF_ALL = 3;

    private static final int WITHOUT_KUBEADM = 1;

    private final Deque<Written> writes = new ArrayDeque<>();

    private record Written(BootTime at, Optional<Long> kubeadm) {}

    void add(BootTime now, Optional<Long> kubeadm) {
        writes.addLast(new Written(now, kubeadm));
    }

    /** Why nothing is to be written now. */
    Optional<String> objection(BootTime now, Optional<Long> kubeadm) {
        writes.removeIf(write -> write.at().plus(WITHIN).isBefore(now));
        var ofThis =
                writes.stream().filter(write -> write.kubeadm().equals(kubeadm)).count();
        return writes.size() >= OF_ALL || ofThis >= (kubeadm.isPresent() ? OF_ONE_KUBEADM : WITHOUT_KUBEADM)
                ? Optional.of("the manifest was rewritten again within " + WITHIN.toMinutes() + " minutes")
                : Optional.empty();
    }
}
