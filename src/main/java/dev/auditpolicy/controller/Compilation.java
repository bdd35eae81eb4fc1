package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Policy;
import java.util.List;

/** The result of compiling the spec of an AuditPolicy. */
sealed interface Compilation {

    /**
     * Every kube-apiserver in the cluster can run the spec.
     *
     * @param policy that of the spec
     * @param findings what the linter reports, one line each; they do not make the spec invalid
     */
    record Compiled(AuditNodeSpec spec, Policy policy, List<String> findings, TemporaryState temporary)
            implements Compilation {

        public Compiled {
            findings = List.copyOf(findings);
        }
    }

    /** No node gets the spec; each problem contains the invalid field, its value and how to correct it. */
    record InvalidSpec(List<String> problems) implements Compilation {

        public InvalidSpec {
            problems = List.copyOf(problems);
        }

        InvalidSpec(String problem) {
            this(List.of(problem));
        }
    }
}
