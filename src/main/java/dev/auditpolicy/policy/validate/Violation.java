package dev.auditpolicy.policy.validate;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.PolicyProblem;

/**
 * A value that upstream rejects.
 *
 * @param path the field
 * @param upstreamPath the field as upstream names it, without the index of a resource; empty if upstream names none
 * @param value the value on one line; empty if there is none
 * @param message upstream's message after the path
 * @param remedy how to fix it, as an instruction
 * @param source the part of upstream that rejects it
 */
public record Violation(
        FieldPath path, String upstreamPath, String value, String message, String remedy, Source source) {

    /** The part of upstream that rejects a value. */
    public enum Source {
        VALIDATION,
        /** Runs only if validation succeeds. */
        LOADER
    }

    Violation(FieldPath path, String upstreamPath, String value, String message, String remedy) {
        this(path, upstreamPath, value, message, remedy, Source.VALIDATION);
    }

    static Violation byLoader(FieldPath path, String message, String remedy) {
        return new Violation(path, "", "", message, remedy, Source.LOADER);
    }

    /** The whole error as kube-apiserver prints it. */
    public String upstreamMessage() {
        return upstreamPath.isEmpty() ? message : upstreamPath + ": " + message;
    }

    public PolicyProblem problem() {
        return new PolicyProblem(path.text(), value, message, remedy);
    }
}
