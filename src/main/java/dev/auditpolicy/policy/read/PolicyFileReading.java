package dev.auditpolicy.policy.read;

import dev.auditpolicy.api.v1alpha1.Policy;
import java.util.List;

/** What kube-apiserver makes of a policy file. */
public sealed interface PolicyFileReading {

    /**
     * What it drops or fills in without refusing the file: unknown fields, earlier values of a key that is set twice,
     * nulls that it reads as empty values, further documents.
     */
    List<LocatedProblem> passedOver();

    /** What it logs about that, without the log's own prefix; empty if it logs nothing. */
    String warning();

    /** It loads the file. */
    record Loaded(Policy policy, List<LocatedProblem> passedOver, String warning) implements PolicyFileReading {
        public Loaded {
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * It does not start.
     *
     * @param message why, in its own words where they are known; after {@code loading audit policy file: }. Empty for an
     *     AuditPolicy, which does not get as far as that, and for a text beyond our own limits
     * @param problems everything that it refuses, at least one thing
     */
    record InvalidFile(String message, List<LocatedProblem> problems, List<LocatedProblem> passedOver, String warning)
            implements PolicyFileReading {
        public InvalidFile {
            problems = List.copyOf(problems);
            passedOver = List.copyOf(passedOver);
        }
    }
}
