package dev.auditpolicy.host.program;

import java.io.IOException;

/** The program of the guard on the disk of the node. A port, so that tests can fail every call. */
public interface GuardProgram {

    /**
     * Returns when a complete program is on the disk.
     *
     * @throws IOException if it is not, or cannot run there
     */
    ProgramCommand install() throws IOException, InterruptedException;

    /** Deletes the programs of other versions of the agent. No guard may run. */
    void deleteOthers() throws IOException;
}
