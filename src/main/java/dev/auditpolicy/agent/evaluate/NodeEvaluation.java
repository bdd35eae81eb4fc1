package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.host.process.ApiServerProcess;
import java.util.List;

/** How the node stands to what it is to run. */
public sealed interface NodeEvaluation {

    /** The node cannot run it as things are. */
    record Refused(String message) implements NodeEvaluation {}

    /** The node can run it, and has to be changed or its kube-apiserver restarted. */
    record Differs(List<String> differences) implements NodeEvaluation {

        public Differs {
            differences = List.copyOf(differences);
        }
    }

    /** The node has to be changed, and not now: somebody else is changing it, or its disk has no room. */
    record Waits(String reason, List<String> differences) implements NodeEvaluation {

        public Waits {
            differences = List.copyOf(differences);
        }
    }

    /** Nothing is to be done now: kube-apiserver starts, or fails to. */
    record Unproven(List<String> differences) implements NodeEvaluation {

        public Unproven {
            differences = List.copyOf(differences);
        }
    }

    /** The live process runs it, and its log shows that. */
    record InEffect(ApiServerProcess process, LogObservation evidence) implements NodeEvaluation {}
}
