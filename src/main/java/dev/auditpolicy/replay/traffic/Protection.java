package dev.auditpolicy.replay.traffic;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.Set;

/** Why requests stay in the log, whatever the budget. */
public enum Protection {
    /** What identifies and authenticates, and what often holds credentials. */
    CREDENTIALS("Secrets, ConfigMaps, tokens and certificates"),
    /** Who may do what. */
    RIGHTS("roles and bindings"),
    /** AuditPolicies and AuditNodes. */
    AUDIT("the audit configuration"),
    /** Sessions in pods, connections through kube-apiserver, and logs. */
    SESSIONS("exec, attach, port-forward, proxy and logs"),
    /** Nothing asks for them. */
    NONE("");

    private static final Set<String> SESSION_SUBRESOURCES =
            Set.of("exec", "attach", "portforward", "proxy", "log", "ephemeralcontainers");
    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final Set<String> CREDENTIAL_GROUPS = Set.of("authentication.k8s.io", "certificates.k8s.io");
    private static final Set<String> CREDENTIAL_RESOURCES = Set.of("secrets", "configmaps");

    private final String what;

    Protection(String what) {
        this.what = what;
    }

    /** What the requests are about. */
    public String what() {
        return what;
    }

    /** Whether also the bodies of changes stay: only they have the rights, and the settings of the audit. */
    public boolean keepsBodies(String verb) {
        return (this == RIGHTS || this == AUDIT) && !READS.contains(verb);
    }

    /** Why a request stays in the log. */
    public static Protection of(RequestAttributes request) {
        if (!request.isResourceRequest()) {
            return request.path().startsWith("/logs") || request.path().startsWith("/debug") ? SESSIONS : NONE;
        }
        if (SESSION_SUBRESOURCES.contains(request.subresource())
                || request.verb().equals("proxy")) {
            return SESSIONS;
        }
        return switch (request.apiGroup()) {
            case "rbac.authorization.k8s.io" -> RIGHTS;
            case "auditpolicy.dev" -> AUDIT;
            case "" ->
                CREDENTIAL_RESOURCES.contains(request.resource())
                                || request.subresource().equals("token")
                        ? CREDENTIALS
                        : NONE;
            default -> CREDENTIAL_GROUPS.contains(request.apiGroup()) ? CREDENTIALS : NONE;
        };
    }
}
