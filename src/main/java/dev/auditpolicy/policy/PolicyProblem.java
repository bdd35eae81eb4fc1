package dev.auditpolicy.policy;

/**
 * A reason to reject a policy, at one field.
 *
 * @param path the field, such as {@code spec.policy.rules[0].level}
 * @param value the invalid value on one line, strings quoted, truncated; empty if there is none
 * @param message what is wrong; kube-apiserver's own message where it rejects the value too
 * @param remedy how to fix it, as an instruction
 */
public record PolicyProblem(String path, String value, String message, String remedy) {

    /** One readable line: {@code path: message (remedy)}. */
    @Override
    public String toString() {
        return (path.isEmpty() ? "" : path + ": ") + message + " (" + remedy + ")";
    }
}
