package dev.auditpolicy.policy;

import static java.util.Objects.requireNonNull;

/**
 * Why a policy is refused, at one place of it.
 *
 * @param path the field, such as {@code spec.policy.rules[0].level}
 * @param value the offending value on one line, strings in quotes, shortened; empty if there is none
 * @param message what is wrong; where kube-apiserver would refuse the value too, in its own words
 * @param remedy the way out, as an instruction
 */
public record PolicyProblem(String path, String value, String message, String remedy) {

    public PolicyProblem {
        requireNonNull(path, "path is null");
        requireNonNull(value, "value is null");
        requireNonNull(message, "message is null");
        requireNonNull(remedy, "remedy is null");
    }

    /** One line for people: {@code path: message (remedy)}. */
    @Override
    public String toString() {
        return (path.isEmpty() ? "" : path + ": ") + message + " (" + remedy + ")";
    }
}
