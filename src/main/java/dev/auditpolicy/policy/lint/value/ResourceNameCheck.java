package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import java.util.Optional;

/** Object names can be almost anything, but resourceNames do not support wildcards. */
final class ResourceNameCheck implements ValueCheck {

    @Override
    public Optional<ValueFault> check(String name) {
        return name.contains("*")
                ? Optional.of(ValueFault.noWildcard(
                        "resourceNames",
                        name,
                        new Remedy.Advice(
                                name.equals("*")
                                        ? "remove resourceNames: the entry then matches every name"
                                        : "list the names")))
                : Optional.empty();
    }
}
