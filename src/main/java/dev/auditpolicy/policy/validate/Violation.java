package dev.auditpolicy.policy.validate;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.PolicyProblem;

/**
 * A value that upstream's validation refuses.
 *
 * @param path the field
 * @param upstreamPath the field as upstream names it, which leaves out the index of a resource; empty if it names none
 * @param value the value on one line; empty if there is none
 * @param message what upstream says after the path
 * @param remedy the way out
 */
public record Violation(FieldPath path, String upstreamPath, String value, String message, String remedy) {

    /** The whole error as kube-apiserver prints it. */
    public String upstream() {
        return upstreamPath.isEmpty() ? message : upstreamPath + ": " + message;
    }

    public PolicyProblem problem() {
        return new PolicyProblem(path.text(), value, message, remedy);
    }
}
