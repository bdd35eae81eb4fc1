package dev.auditpolicy.policy.read;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.RuleOrigins;
import java.util.List;

/** The result of reading a policy file like kube-apiserver. */
public sealed interface PolicyFileReading {

    /**
     * What kube-apiserver ignores without rejecting the file: unknown fields, earlier values of a repeated key, nulls that
     * it reads as empty values, further documents.
     */
    List<LocatedProblem> ignored();

    /** The warning that kube-apiserver logs about these, without the log prefix; empty if it logs none. */
    String warning();

    /**
     * A file that kube-apiserver loads.
     *
     * @param origins where its rules come from
     */
    record Loaded(Policy policy, RuleOrigins origins, List<LocatedProblem> ignored, String warning)
            implements PolicyFileReading {
        public Loaded {
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * A file with which kube-apiserver does not start.
     *
     * @param message kube-apiserver's error after {@code loading audit policy file: }; empty for an AuditPolicy, which
     *     kube-apiserver never reads, and for a text that exceeds our own limits
     * @param problems all problems, at least one
     */
    record InvalidFile(String message, List<LocatedProblem> problems, List<LocatedProblem> ignored, String warning)
            implements PolicyFileReading {
        public InvalidFile {
            problems = List.copyOf(problems);
            ignored = List.copyOf(ignored);
        }
    }
}
