package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the form of user names that Kubernetes itself assigns. */
final class UserCheck implements ValueCheck {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    private static final List<String> GROUPS = List.of(
            "system:masters",
            "system:nodes",
            "system:authenticated",
            "system:unauthenticated",
            "system:serviceaccounts",
            "system:bootstrappers",
            "kubeadm:cluster-admins");

    /** The obsolete feature that each user belongs to. */
    private static final Map<String, String> OBSOLETE = Map.of(
            "system:unsecured", "the insecure port, which kube-apiserver stopped serving in 1.20",
            "kubelet", "setups in which all kubelets share one certificate; a kubelet is now \"system:node:NAME\"");

    @Override
    public Optional<ValueFault> check(String user) {
        if (user.contains("*")) {
            return Optional.of(ValueFault.noWildcard("users", user, wildcardFix(user)));
        }
        if (OBSOLETE.containsKey(user)) {
            return Optional.of(new ValueFault(
                    FindingCode.OBSOLETE,
                    "the user \"" + user + "\" belongs to " + OBSOLETE.get(user),
                    "remove the user, unless one of your certificates has this name"));
        }
        if (GROUPS.contains(user) || user.startsWith("system:serviceaccounts:")) {
            return Optional.of(new ValueFault(
                    FindingCode.WRONG_IDENTITY, "\"" + user + "\" is a group, not a user", "move it to userGroups"));
        }
        return Optional.of(user)
                .filter(name -> name.startsWith("serviceaccount:") || isBrokenServiceAccount(name))
                .map(name -> new ValueFault(
                        FindingCode.WRONG_IDENTITY,
                        "\"" + name + "\" is not a valid service account user name",
                        "use \"system:serviceaccount:NAMESPACE:NAME\""));
    }

    private static String wildcardFix(String user) {
        if (user.equals("*")) {
            return "remove users: without it, every user matches";
        }
        if (user.startsWith(SERVICE_ACCOUNT)) {
            return "use userGroups with \"system:serviceaccounts\" or \"system:serviceaccounts:NAMESPACE\"";
        }
        return user.startsWith("system:node:") ? "use userGroups with \"system:nodes\"" : "list the users";
    }

    private static boolean isBrokenServiceAccount(String user) {
        if (!user.startsWith(SERVICE_ACCOUNT)) {
            return user.equals("system:serviceaccount");
        }
        String[] parts = user.substring(SERVICE_ACCOUNT.length()).split(":", -1);
        return parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty();
    }
}
