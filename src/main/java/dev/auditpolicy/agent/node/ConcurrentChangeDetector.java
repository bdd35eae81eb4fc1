package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.process.NodePrograms;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Detects other actors that are changing the node. Waiting costs seconds; two concurrent changes can break kube-apiserver. */
public final class ConcurrentChangeDetector {

    /** An edit of the manifest, manual or automated, may take several writes. */
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(10);

    private final NodePrograms programs;
    private final NodeFiles files;
    private final NodePaths paths;
    private final InstantSource clock;

    public ConcurrentChangeDetector(NodePrograms programs, NodeFiles files, NodePaths paths, InstantSource clock) {
        this.programs = programs;
        this.files = files;
        this.paths = paths;
        this.clock = clock;
    }

    /** Why the node must not be changed now. Empty if it may. */
    Optional<String> busy() throws IOException {
        var kubeadm = programs.kubeadm();
        if (kubeadm.isPresent()) {
            return Optional.of("kubeadm is running on this node (pid " + kubeadm.get() + "); waiting until it exits");
        }
        return files.changedAt(paths.manifest())
                .filter(changed -> changed.plus(SETTLES_WITHIN).isAfter(clock.instant()))
                .map(_ -> paths.manifest() + " was changed less than " + SETTLES_WITHIN.toSeconds()
                        + " s ago; waiting until it is stable");
    }
}
