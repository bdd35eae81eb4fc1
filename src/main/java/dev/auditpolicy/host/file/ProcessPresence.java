package dev.auditpolicy.host.file;

import java.io.IOException;

/** Whether another process of this operator runs on the node. A port, so that tests can simulate a node. */
@FunctionalInterface
public interface ProcessPresence {

    boolean isPresent() throws IOException;
}
