package dev.auditpolicy.policy.lint.value;

import java.util.Optional;

/** Objects have almost any name, but resourceNames have no wildcard. */
final class ObjectNameJudge implements Judge {

    @Override
    public Optional<Fault> judge(String name) {
        return name.contains("*")
                ? Optional.of(Fault.noWildcard(
                        "resourceNames",
                        name,
                        name.equals("*") ? "remove resourceNames: without it, every name matches" : "list the names"))
                : Optional.empty();
    }
}
