package dev.auditpolicy.host.process;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The kube-apiserver processes of the node. A port, so that every call can be made to fail in a test. */
public interface ApiServerProcesses {

    /**
     * Every live kube-apiserver that belongs to a static pod, newest first. One is usual; two while one stops and the
     * next starts.
     */
    List<ApiServerProcess> running() throws IOException;

    /** The text of {@code path} as {@code process} sees it: a mounted single file stays the one it was started with. */
    Optional<String> fileSeenBy(ApiServerProcess process, String path) throws IOException;

    /** Whether {@code process} still runs. */
    boolean isAlive(ApiServerProcess process);

    /** Asks {@code process} to stop (SIGTERM). Nothing happens when it has ended. */
    void terminate(ApiServerProcess process);

    /** Ends {@code process} at once (SIGKILL). Nothing happens when it has ended. */
    void kill(ApiServerProcess process);
}
