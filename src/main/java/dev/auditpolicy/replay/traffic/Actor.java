package dev.auditpolicy.replay.traffic;

import dev.auditpolicy.replay.request.Subject;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who sends requests, as far as a proposed rule may name them.
 *
 * @param kind which sort of caller
 * @param name the user name of a component or service account; empty for the other kinds
 */
public record Actor(Kind kind, String name) {

    /** A sort of caller. */
    public enum Kind {
        /** The kubelets, by their group. */
        NODES,
        /** A component of Kubernetes, by its user name. */
        CONTROL_PLANE,
        /** A service account of another namespace than kube-system, by its user name. */
        SERVICE_ACCOUNT,
        /** Requests without credentials. */
        ANONYMOUS,
        /** Everyone else. */
        PERSON,
        /** Authentication failed. */
        NOBODY
    }

    /** The group of the kubelets. */
    public static final String NODES_GROUP = "system:nodes";

    private static final String ADMINISTRATORS = "system:masters";
    private static final String API_SERVER = "system:apiserver";

    /** Names of these forms are chosen by Kubernetes or by whoever may create service accounts, not by a certificate alone. */
    private static final Pattern SERVICE_ACCOUNT =
            Pattern.compile("system:serviceaccount:([a-z0-9-]{1,63}):[a-z0-9][a-z0-9.-]{0,252}");

    private static final Pattern COMPONENT = Pattern.compile("system:[a-z0-9][a-z0-9:.-]{0,127}");
    private static final List<String> NOT_COMPONENTS =
            List.of("system:admin", "system:anonymous", ADMINISTRATORS, "system:unsecured");

    static Actor of(Subject subject) {
        String user = subject.user();
        if (user == null) {
            return new Actor(Kind.NOBODY, "");
        }
        if (subject.groups().contains(NODES_GROUP)) {
            return new Actor(Kind.NODES, "");
        }
        if (user.equals("system:anonymous")) {
            return new Actor(Kind.ANONYMOUS, "");
        }
        var account = SERVICE_ACCOUNT.matcher(user);
        if (account.matches()) {
            return new Actor(account.group(1).equals("kube-system") ? Kind.CONTROL_PLANE : Kind.SERVICE_ACCOUNT, user);
        }
        return isComponent(user, subject.groups()) ? new Actor(Kind.CONTROL_PLANE, user) : new Actor(Kind.PERSON, "");
    }

    private static boolean isComponent(String user, List<String> groups) {
        return COMPONENT.matcher(user).matches()
                && !user.startsWith("system:serviceaccount")
                && !user.startsWith("system:node:")
                && !NOT_COMPONENTS.contains(user)
                && (!groups.contains(ADMINISTRATORS) || user.equals(API_SERVER));
    }

    /** Whether it is a program that a rule can name, so that nothing of a person is in question. */
    public boolean isMachine() {
        return switch (kind) {
            case NODES, CONTROL_PLANE, SERVICE_ACCOUNT -> true;
            case ANONYMOUS, PERSON, NOBODY -> false;
        };
    }
}
