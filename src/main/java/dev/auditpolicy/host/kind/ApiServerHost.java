package dev.auditpolicy.host.kind;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.unit.UnitState;
import java.io.IOException;
import java.util.Optional;

/** What runs kube-apiserver on a node. */
public sealed interface ApiServerHost permits StaticPodHost, UnitHost {

    /**
     * The unit that starts kube-apiserver.
     *
     * @param dropIn the text of our drop-in on the disk
     * @param process the live kube-apiserver
     * @return empty if kubelet does
     */
    Optional<UnitState> unit(Optional<String> dropIn, Optional<ApiServerProcess> process) throws IOException;

    /** Whether it restarts kube-apiserver as soon as its configuration changes. Else nothing happens before it is asked to. */
    boolean restartsOnChange();

    /**
     * Makes the next start use the configuration on the disk. To repeat is harmless.
     *
     * @return why that start would fail, or would use another configuration
     */
    Optional<String> load() throws IOException;

    /** Starts kube-apiserver, which does not run. A start that is under way may be one of another configuration: it ends. */
    void start() throws IOException;

    /** Starts it if it does not run and nothing would start it soon. */
    void startIfDown() throws IOException;

    /** Whether it has asked kube-apiserver to stop, and waits for that longer than for a pod. */
    boolean isStopping() throws IOException;
}
