package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.Optional;
import java.util.Set;

/** Checks that a group is not the name of a user. */
final class UserGroupCheck implements ValueCheck {

    private static final Set<String> USERS = Set.of(
            "system:anonymous",
            "system:apiserver",
            "system:kube-proxy",
            "system:kube-scheduler",
            "system:kube-controller-manager",
            "system:cloud-controller-manager",
            "system:unsecured",
            "kubernetes-admin");

    @Override
    public Optional<ValueFault> check(String group) {
        if (group.contains("*")) {
            return Optional.of(ValueFault.noWildcard(
                    "userGroups",
                    group,
                    group.equals("*") ? "remove userGroups: without it, every user matches" : "list the groups"));
        }
        return USERS.contains(group) || group.startsWith("system:serviceaccount:") || group.startsWith("system:node:")
                ? Optional.of(new ValueFault(
                        FindingCode.WRONG_IDENTITY, "\"" + group + "\" is a user, not a group", "move it to users"))
                : Optional.empty();
    }
}
