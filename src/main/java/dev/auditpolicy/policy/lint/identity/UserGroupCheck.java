package dev.auditpolicy.policy.lint.identity;

import static dev.auditpolicy.policy.lint.identity.BuiltInIdentities.ACCOUNTS_OF_NAMESPACE;
import static dev.auditpolicy.policy.lint.identity.BuiltInIdentities.NODE;
import static dev.auditpolicy.policy.lint.identity.BuiltInIdentities.SERVICE_ACCOUNT;

import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.List;
import java.util.Optional;

/** Checks that a group is not the name of a user, and not a misspelled group of Kubernetes. */
public final class UserGroupCheck implements ValueCheck {

    @Override
    public Optional<ValueFault> check(String group) {
        if (group.contains("*")) {
            return Optional.of(ValueFault.noWildcard(
                    "userGroups",
                    group,
                    new Remedy.Advice(
                            group.equals("*")
                                    ? "remove userGroups: the rule then matches every user, and failed authentications"
                                    : "list the groups")));
        }
        return BuiltInIdentities.USERS.contains(group) || group.startsWith(SERVICE_ACCOUNT) || group.startsWith(NODE)
                ? Optional.of(new ValueFault(
                        FindingCode.WRONG_IDENTITY,
                        "\"" + group + "\" is a user, not a group",
                        new Remedy.OtherField("users", group)))
                : Misspelling.of(group, "group", BuiltInIdentities.GROUPS, List.of(ACCOUNTS_OF_NAMESPACE));
    }
}
