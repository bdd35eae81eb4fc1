package dev.auditpolicy.host.file;

import java.io.IOException;

/** Whether another process of ours is alive on this node. A port, so that a simulated node can answer it. */
@FunctionalInterface
public interface ProcessPresence {

    boolean isPresent() throws IOException;
}
