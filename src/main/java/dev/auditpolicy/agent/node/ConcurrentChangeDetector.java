package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Detects kubeadm, and somebody who edits the manifest. */
public final class ConcurrentChangeDetector implements BusyCheck {

    /** An edit of the manifest, manual or automated, may take several writes. */
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(10);

    private final NodePrograms programs;
    private final NodeFiles files;
    private final NodePaths paths;
    private final InstantSource clock;
    private final Ticker ticker;
    private Optional<Instant> lastChange = Optional.empty();
    private BootTime settlesAt = BootTime.UNKNOWN;

    public ConcurrentChangeDetector(
            NodePrograms programs, NodeFiles files, NodePaths paths, InstantSource clock, Ticker ticker) {
        this.programs = programs;
        this.files = files;
        this.paths = paths;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    public Optional<String> busy() throws IOException {
        var kubeadm = programs.kubeadm();
        if (kubeadm.isPresent()) {
            return Optional.of("kubeadm is running on this node (pid " + kubeadm.get() + "); waiting until it exits");
        }
        var change = files.changedAt(paths.configuration());
        if (!change.equals(lastChange)) {
            lastChange = change;
            settlesAt = ticker.now().plus(change.map(this::remaining).orElse(Duration.ZERO));
        }
        return ticker.now().isBefore(settlesAt)
                ? Optional.of(paths.configuration() + " was changed less than " + SETTLES_WITHIN.toSeconds()
                        + " s ago; waiting until it is stable")
                : Optional.empty();
    }

    /** How long after its first observation a change must settle. The wall clock was adjusted since a change in its future. */
    private Duration remaining(Instant change) {
        var age = Duration.between(change, clock.instant());
        if (age.isNegative()) {
            return SETTLES_WITHIN;
        }
        return age.compareTo(SETTLES_WITHIN) < 0 ? SETTLES_WITHIN.minus(age) : Duration.ZERO;
    }
}
