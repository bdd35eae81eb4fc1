package dev.auditpolicy.policy.lint.value;

import java.util.Optional;

/** Object names can be almost anything, but resourceNames do not support wildcards. */
final class ResourceNameCheck implements ValueCheck {

    @Override
    public Optional<ValueFault> check(String name) {
        return name.contains("*")
                ? Optional.of(ValueFault.noWildcard(
                        "resourceNames",
                        name,
                        name.equals("*") ? "remove resourceNames: without it, every name matches" : "list the names"))
                : Optional.empty();
    }
}
