package dev.auditpolicy.policy.lint.value;

import java.util.Optional;

/** Says of the values of one field whether they match anything. */
public interface ValueCheck {

    /** What is wrong with a value; empty if nothing is known against it. */
    Optional<ValueFault> check(String value);
}
