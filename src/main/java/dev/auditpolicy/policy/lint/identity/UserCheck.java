package dev.auditpolicy.policy.lint.identity;

import static dev.auditpolicy.policy.lint.identity.BuiltInIdentities.ACCOUNTS_OF_NAMESPACE;
import static dev.auditpolicy.policy.lint.identity.BuiltInIdentities.NODE;
import static dev.auditpolicy.policy.lint.identity.BuiltInIdentities.SERVICE_ACCOUNT;

import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks user names that Kubernetes itself assigns. */
public final class UserCheck implements ValueCheck {

    /** The obsolete feature that each user belongs to. */
    private static final Map<String, String> OBSOLETE = Map.of(
            "system:unsecured", "the insecure port, which kube-apiserver stopped serving in 1.20",
            "kubelet", "setups in which all kubelets share one certificate; a kubelet is now \"system:node:NAME\"");

    @Override
    public Optional<ValueFault> check(String user) {
        if (user.contains("*")) {
            return Optional.of(ValueFault.noWildcard("users", user, wildcard(user)));
        }
        if (OBSOLETE.containsKey(user)) {
            return Optional.of(new ValueFault(
                    FindingCode.OBSOLETE,
                    "the user \"" + user + "\" belongs to " + OBSOLETE.get(user),
                    new Remedy.Remove("one of your certificates has this name")));
        }
        if (BuiltInIdentities.GROUPS.contains(user) || user.startsWith(ACCOUNTS_OF_NAMESPACE)) {
            return wrong(user, "is a group, not a user", new Remedy.OtherField("userGroups", user));
        }
        if (user.equals("system:node") || user.equals(NODE)) {
            return wrong(
                    user,
                    "is nobody's user name: a kubelet is \"system:node:NAME\", in the group \"system:nodes\"",
                    new Remedy.OtherField("userGroups", "system:nodes"));
        }
        if (BuiltInIdentities.CLUSTER_ROLES.contains(user) || user.startsWith("system:controller:")) {
            return wrong(user, "is the name of a ClusterRole, not of a user", role(user));
        }
        return serviceAccount(user)
                .or(() -> Misspelling.of(user, "user", BuiltInIdentities.ALL_USERS, List.of(SERVICE_ACCOUNT, NODE)));
    }

    private static Remedy role(String role) {
        String account = role.substring(role.lastIndexOf(':') + 1);
        return role.startsWith("system:controller:")
                ? Remedy.use(SERVICE_ACCOUNT + "kube-system:" + account)
                : new Remedy.Remove("");
    }

    private static Optional<ValueFault> wrong(String user, String what, Remedy remedy) {
        return Optional.of(new ValueFault(FindingCode.WRONG_IDENTITY, "\"" + user + "\" " + what, remedy));
    }

    private static Remedy wildcard(String user) {
        if (user.equals("*")) {
            return new Remedy.Advice("remove users: the rule then matches every user");
        }
        if (user.equals(SERVICE_ACCOUNT + "*")) {
            return new Remedy.OtherField("userGroups", "system:serviceaccounts");
        }
        if (user.startsWith(SERVICE_ACCOUNT) && user.endsWith(":*") && user.indexOf('*') == user.length() - 1) {
            return new Remedy.OtherField(
                    "userGroups", ACCOUNTS_OF_NAMESPACE + user.substring(SERVICE_ACCOUNT.length(), user.length() - 2));
        }
        if (user.startsWith(SERVICE_ACCOUNT)) {
            return new Remedy.Advice(
                    "use userGroups with \"system:serviceaccounts\" or \"system:serviceaccounts:NAMESPACE\"");
        }
        return user.startsWith(NODE)
                ? new Remedy.OtherField("userGroups", "system:nodes")
                : new Remedy.Advice("list the users");
    }

    private static Optional<ValueFault> serviceAccount(String user) {
        String[] parts = user.split(":", -1);
        boolean broken = user.startsWith(SERVICE_ACCOUNT)
                ? parts.length != 4 || parts[2].isEmpty() || parts[3].isEmpty()
                : user.equals("system:serviceaccount");
        boolean withoutPrefix = user.startsWith("serviceaccount:");
        return broken || withoutPrefix
                ? wrong(
                        user,
                        "is not a valid service account user name",
                        withoutPrefix && parts.length == 3
                                ? Remedy.use("system:" + user)
                                : new Remedy.Advice("use \"system:serviceaccount:NAMESPACE:NAME\""))
                : Optional.empty();
    }
}
