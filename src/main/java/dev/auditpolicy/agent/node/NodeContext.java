package dev.auditpolicy.agent.node;

import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.kind.ApiServerHost;
import dev.auditpolicy.host.process.ApiServerProcesses;
import dev.auditpolicy.host.process.ContainerStarts;
import dev.auditpolicy.host.process.NodePrograms;
import dev.auditpolicy.host.process.Ticker;
import java.time.InstantSource;

/** The ports of the node, and the objects built on them. */
public record NodeContext(
        NodeFiles files,
        ApiServerProcesses processes,
        ContainerStarts starts,
        NodePrograms programs,
        NodeObserver observer,
        ApiServerHost host,
        NodePaths paths,
        Hold hold,
        Guard guard,
        InstantSource clock,
        Ticker ticker,
        Sleeper sleeper) {}
