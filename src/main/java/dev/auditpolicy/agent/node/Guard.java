package dev.auditpolicy.agent.node;

import java.io.IOException;

/**
 * Finishes a turn on a node where no agent runs: kubelet gets the agent's pod from the API server, which the turn may have
 * stopped.
 */
public interface Guard {

    /**
     * Returns when the guard of {@code turn} runs and waits for the node's lock.
     *
     * @throws IOException if it does not start: without a guard, the node must not be changed
     */
    void start(String turn) throws IOException, InterruptedException;

    /** Removes the guard, if there is one. */
    void remove() throws IOException;
}
