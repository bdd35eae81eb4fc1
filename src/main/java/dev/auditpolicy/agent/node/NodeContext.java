package dev.auditpolicy.agent.node;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.NodePrograms;
import java.time.InstantSource;

/** The node that the agent works on, through its ports. */
public record NodeContext(
        NodeFiles files,
        ApiServerProcesses processes,
        ContainerStarts starts,
        NodePrograms programs,
        NodeObserver observer,
        NodePaths paths,
        Hold hold,
        Guard guard,
        InstantSource clock,
        Sleeper sleeper) {

    public NodeContext {
        requireNonNull(files, "files is null");
        requireNonNull(processes, "processes is null");
        requireNonNull(starts, "starts is null");
        requireNonNull(programs, "programs is null");
        requireNonNull(observer, "observer is null");
        requireNonNull(paths, "paths is null");
        requireNonNull(hold, "hold is null");
        requireNonNull(guard, "guard is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(sleeper, "sleeper is null");
    }
}
