package dev.auditpolicy.policy.lint.fault;

import java.util.Optional;

/** Checks whether the values of one field match anything. */
public interface ValueCheck {

    /** Why the value matches nothing; empty if no reason is known. */
    Optional<ValueFault> check(String value);
}
