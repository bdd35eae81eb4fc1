package dev.auditpolicy.agent.node;

import java.io.IOException;

/**
 * Finishes a turn on a node where no agent runs: kubelet gets the agent's pod from the API server, which the turn may have
 * stopped.
 */
public interface Guard {

    /** For an agent that runs whether an API server does or not. */
    Guard NONE = new Guard() {
        @Override
        public void prepare() {}

        @Override
        public void start(String turn) {}

        @Override
        public void remove() {}
    };

    /**
     * Prepares the node for a guard, before the agent acquires a turn.
     *
     * @throws IOException if no guard could start
     */
    void prepare() throws IOException, InterruptedException;

    /**
     * Returns when the guard of {@code turn} runs and waits for the node's lock.
     *
     * @throws NotRunningException if it does not start in time: without a guard, the node must not be changed
     * @throws IOException if its manifest cannot be written
     */
    void start(String turn) throws IOException, InterruptedException;

    /** Removes the guard, if there is one. */
    void remove() throws IOException;

    /** The guard did not start in time, for example because kubelet was stopped. A later attempt may succeed. */
    final class NotRunningException extends IOException {
        private static final long serialVersionUID = 1L;

        public NotRunningException(String message) {
            super(message);
        }
    }
}
