package dev.auditpolicy.agent.node;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.process.NodePrograms;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Who else is changing the node now. To wait costs seconds; a kube-apiserver that two are changing can be lost. */
public final class ConcurrentChangeDetector {

    /** Whoever edits a manifest, by hand or by a tool, may not be done with the first write. */
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(10);

    private final NodePrograms programs;
    private final NodeFiles files;
    private final NodePaths paths;
    private final InstantSource clock;

    public ConcurrentChangeDetector(NodePrograms programs, NodeFiles files, NodePaths paths, InstantSource clock) {
        this.programs = requireNonNull(programs, "programs is null");
        this.files = requireNonNull(files, "files is null");
        this.paths = requireNonNull(paths, "paths is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Why the node is to be left alone for now; empty when it need not. */
    Optional<String> busy() throws IOException {
        var kubeadm = programs.kubeadm();
        if (kubeadm.isPresent()) {
            return Optional.of("kubeadm is running on this node (pid " + kubeadm.get() + "): waiting for its end");
        }
        return files.changedAt(paths.manifest())
                .filter(changed -> changed.plus(SETTLES_WITHIN).isAfter(clock.instant()))
                .map(_ -> paths.manifest() + " was changed less than " + SETTLES_WITHIN.toSeconds()
                        + " s ago: waiting until it stays as it is");
    }
}
