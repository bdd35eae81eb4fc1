package dev.auditpolicy.report.proof;

import dev.auditpolicy.api.v1alpha1.Proof;
import java.util.Optional;

/** Whether it is proven what a kube-apiserver records. */
public sealed interface ProofState {

    /** The proof counts at the time of the report, and the AuditNode has the policy that it is about. */
    record Proven(Proof proof, ProvenPolicy policy, BackendSettings settings) implements ProofState {}

    /**
     * Nothing is proven at the time of the report.
     *
     * @param reason a sentence without its full stop
     * @param recordsNothing why nothing is recorded, if the agent has found that; empty if it is only not known
     */
    record NotProven(String reason, Optional<String> recordsNothing) implements ProofState {}

    /** The proof, if it counts. */
    default Optional<Proven> proven() {
        return this instanceof Proven proven ? Optional.of(proven) : Optional.empty();
    }
}
