package dev.auditpolicy.host.process;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The kube-apiserver processes of the node. A port, so that tests can fail every call. */
public interface ApiServerProcesses {

    /**
     * All live kube-apiserver processes of static pods, newest first. Usually one; two while the previous one stops and the next
     * one starts.
     */
    List<ApiServerProcess> running() throws IOException;

    /** The text of {@code path} as {@code process} sees it: a mounted file remains the one with which the process started. */
    Optional<String> fileSeenBy(ApiServerProcess process, String path) throws IOException;

    /** Whether {@code process} still runs. */
    boolean isAlive(ApiServerProcess process);

    /** Sends SIGTERM to {@code process}, if it still runs. */
    void terminate(ApiServerProcess process) throws IOException;

    /** Sends SIGKILL to {@code process}, if it still runs. */
    void kill(ApiServerProcess process);
}
