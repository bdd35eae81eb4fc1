package dev.auditpolicy.policy.lint.example;

import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user with the groups that kube-apiserver gives it.
 *
 * @param user null if authentication failed
 */
record PossibleCaller(@Nullable String user, List<String> groups) {

    private static final String ANONYMOUS = "system:anonymous";
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";
    private static final String ACCOUNTS = "system:serviceaccounts";
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String NODES = "system:nodes";

    static Optional<PossibleCaller> in(Requests requests) {
        Values users = requests.values(Attribute.USER);
        Memberships memberships = requests.memberships(Attribute.USER_GROUPS);
        if (!users.allBut() && users.listed().equals(Set.of(Requests.NOBODY))) {
            return memberships.oneOfEach().isEmpty()
                    ? Optional.of(new PossibleCaller(null, List.of()))
                    : Optional.empty();
        }
        return Stream.of(true, false)
                .flatMap(natural -> candidates(users, memberships)
                        .flatMap(user ->
                                groups(user, memberships, natural)
                                        .map(groups -> new PossibleCaller(user, groups))
                                        .stream()))
                .findFirst();
    }

    private static Stream<String> candidates(Values users, Memberships memberships) {
        Stream<String> members = memberships.oneOfEach().stream()
                .flatMap(groups -> groups.stream().sorted())
                .flatMap(group -> member(group).stream());
        return Stream.of(
                        Stream.of("alice"),
                        members,
                        users.listed().stream().sorted(),
                        Stream.of(users.example(List.of("alice"))))
                .flatMap(names -> names)
                .filter(name -> users.contains(name) && !name.equals(Requests.NOBODY))
                .distinct()
                .filter(PossibleRequests::isUser);
    }

    private static Optional<String> member(String group) {
        return switch (group) {
            case ACCOUNTS -> Optional.of(ACCOUNT + "default:builder");
            case NODES -> Optional.of("system:node:node-1");
            case UNAUTHENTICATED -> Optional.of(ANONYMOUS);
            default ->
                group.startsWith(ACCOUNTS + ":")
                        ? Optional.of(ACCOUNT + group.substring(ACCOUNTS.length() + 1) + ":builder")
                        : Optional.empty();
        };
    }

    /**
     * The groups of a user in such a set; empty if it cannot be in the set.
     *
     * @param natural without groups that only service accounts and nodes are in, unless the user is one
     */
    private static Optional<List<String>> groups(String user, Memberships memberships, boolean natural) {
        Set<String> groups = new TreeSet<>(assigned(user));
        if (!Collections.disjoint(groups, memberships.noneOf())) {
            return Optional.empty();
        }
        for (var oneOf : memberships.oneOfEach()) {
            if (Collections.disjoint(groups, oneOf)) {
                Optional<String> group = oneOf.stream()
                        .filter(name -> !memberships.noneOf().contains(name))
                        .filter(name -> !user.equals(ANONYMOUS) && isAdditional(user, name, natural))
                        .min(String::compareTo);
                if (group.isEmpty()) {
                    return Optional.empty();
                }
                groups.add(group.get());
            }
        }
        return Optional.of(List.copyOf(groups));
    }

    private static boolean isAdditional(String user, String group, boolean natural) {
        boolean ofAccounts = group.equals(ACCOUNTS) || group.startsWith(ACCOUNTS + ":");
        boolean ofOthers = ofAccounts || (group.equals(NODES) && !user.startsWith("system:node:"));
        return !group.equals(UNAUTHENTICATED) && (!natural || !ofOthers);
    }

    private static List<String> assigned(String user) {
        if (user.equals(ANONYMOUS)) {
            return List.of(UNAUTHENTICATED);
        }
        var groups = new ArrayList<String>(List.of(AUTHENTICATED));
        String[] account = user.startsWith(ACCOUNT) ? user.split(":", -1) : new String[0];
        if (account.length == 4) {
            groups.add(ACCOUNTS);
            groups.add(ACCOUNTS + ":" + account[2]);
        }
        return groups;
    }
}
