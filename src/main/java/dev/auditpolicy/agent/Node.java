package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.ApiServerProcesses;
import dev.auditpolicy.host.ContainerStarts;
import dev.auditpolicy.host.NodeFiles;
import java.time.InstantSource;

/** The node that the agent works on, through its ports. */
record Node(
        NodeFiles files,
        ApiServerProcesses processes,
        ContainerStarts starts,
        NodeObserver observer,
        NodePaths paths,
        InstantSource clock,
        Pause pause) {

    Node {
        requireNonNull(files, "files is null");
        requireNonNull(processes, "processes is null");
        requireNonNull(starts, "starts is null");
        requireNonNull(observer, "observer is null");
        requireNonNull(paths, "paths is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(pause, "pause is null");
    }
}
