package dev.auditpolicy.agent;

import dev.auditpolicy.host.ApiServerProcess;
import java.util.List;

/** How the node stands to what it is to run. */
sealed interface Assessment {

    /** The node cannot run it as things are. */
    record Refused(String message) implements Assessment {}

    /** The node can run it, and has to be changed or its kube-apiserver restarted. */
    record Differs(List<String> differences) implements Assessment {

        public Differs {
            differences = List.copyOf(differences);
        }
    }

    /** Nothing is to be done now: kube-apiserver starts, or fails to, or somebody else is changing the node. */
    record Unproven(List<String> differences) implements Assessment {

        public Unproven {
            differences = List.copyOf(differences);
        }
    }

    /** The live process runs it. */
    record InEffect(ApiServerProcess process) implements Assessment {}
}
