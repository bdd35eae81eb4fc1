package dev.auditpolicy.agent.node;

import java.io.IOException;

/**
 * What finishes a turn on a node where no agent runs: an agent's pod comes from the API server, which may be what the
 * turn has taken down.
 */
public interface Guard {

    /**
     * Returns when the guard of {@code turn} is alive and waits for the node's lock.
     *
     * @throws IOException when it does not come: there is no guard, so nothing may be changed
     */
    void start(String turn) throws IOException, InterruptedException;

    /** Lets it go, if it is there. */
    void remove() throws IOException;
}
