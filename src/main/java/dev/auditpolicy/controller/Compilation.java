package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import java.util.List;

/** What became of an AuditPolicy's spec. */
public sealed interface Compilation {

    /**
     * Every kube-apiserver of the cluster can run it.
     *
     * @param findings what is probably not meant, one line each; never a reason not to run it
     */
    record Compiled(AuditNodeSpec spec, List<String> findings) implements Compilation {

        public Compiled {
            findings = List.copyOf(findings);
        }
    }

    /** It cannot be run; {@code message} names each field, its value and the way out. */
    record Refused(String message) implements Compilation {}
}
