package dev.auditpolicy.replay.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes logs in which everyone does everything, sensitive things and strange ones included. */
record GeneratedLog(RandomGenerator random) {

    private record Caller(@Nullable String user, List<String> groups) {}

    private static final List<Caller> CALLERS = List.of(
            caller("jane", "developers"),
            caller("kubernetes-admin", "system:masters"),
            caller("system:apiserver", "system:masters"),
            caller("system:kube-scheduler"),
            caller("system:kube-scheduler", "system:masters"),
            caller("system:kube-controller-manager"),
            caller("system:node:a", "system:nodes"),
            caller("system:node:b", "system:nodes"),
            caller("system:serviceaccount:kube-system:job-controller", "system:serviceaccounts"),
            caller("system:serviceaccount:shop:web", "system:serviceaccounts", "system:serviceaccounts:shop"),
            caller("system:serviceaccount:argocd:argocd", "system:serviceaccounts"),
            new Caller("system:anonymous", List.of("system:unauthenticated")),
            new Caller(null, List.of()));

    private static final List<String> RESOURCES = List.of(
            "/api/v1 pods",
            "/api/v1 pods/status",
            "/api/v1 pods/log",
            "/api/v1 pods/exec",
            "/api/v1 pods/ephemeralcontainers",
            "/api/v1 services",
            "/api/v1 services/proxy",
            "/api/v1 secrets",
            "/api/v1 configmaps",
            "/api/v1 serviceaccounts/token",
            "/api/v1 events",
            "/api/v1 *",
            "/apis/events.k8s.io/v1 events",
            "/apis/coordination.k8s.io/v1 leases",
            "/apis/apps/v1 deployments",
            "/apis/apps/v1 deployments/scale",
            "/apis/*/v1 pods",
            "/apis/rbac.authorization.k8s.io/v1 roles",
            "/apis/rbac.authorization.k8s.io/v1 rolebindings",
            "/apis/authentication.k8s.io/v1 tokenreviews",
            "/apis/auditpolicy.dev/v1alpha1 auditpolicies",
            "/apis/certificates.k8s.io/v1 certificatesigningrequests");

    private static final List<String> PATHS = List.of(
            "/healthz",
            "/livez/ping",
            "/readyz",
            "/api",
            "/apis/apps",
            "/openapi/v3",
            "/version",
            "/logs/a",
            "/metrics");

    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

    private static Caller caller(String user, String... groups) {
        var all = new ArrayList<>(List.of(groups));
        all.add("system:authenticated");
        return new Caller(user, all);
    }

    /** So many requests, some of them often. */
    List<String> lines(int requests) {
        var lines = new ArrayList<String>();
        for (int second = 0; second < requests; second++) {
            add(lines, second, random.nextInt(8) == 0 ? 20 : 1);
        }
        return lines;
    }

    private void add(List<String> lines, int second, int times) {
        Caller caller = oneOf(CALLERS);
        boolean isPath = random.nextInt(4) == 0;
        String verb = isPath ? "get" : oneOf(VERBS);
        String uri = isPath ? oneOf(PATHS) : uri(verb, oneOf(RESOURCES).split(" "));
        int code = caller.user() == null ? 401 : random.nextInt(25) == 0 ? 403 : 200;
        boolean impersonates = random.nextInt(60) == 0;
        String level = oneOf(List.of("Metadata", "Request", "RequestResponse", "RequestResponse"));
        for (int time = 0; time < times; time++) {
            var complete = new LoggedEvent(caller.user(), caller.groups(), verb, uri).at(second);
            complete.level(level).code(code);
            if (caller.user() == null) {
                lines.add(complete.stage("ResponseStarted").line());
                continue;
            }
            lines.add(new LoggedEvent(caller.user(), caller.groups(), verb, uri)
                    .at(second)
                    .level(level)
                    .stage("RequestReceived")
                    .line());
            if (impersonates) {
                complete.impersonating();
            }
            complete.bodies(
                    level.startsWith("Request") ? random.nextInt(300) : 0,
                    level.equals("RequestResponse") ? random.nextInt(2_000) : 0);
            lines.add(complete.line());
        }
    }

    private String uri(String verb, String[] resource) {
        String namespace = oneOf(List.of("shop", "kube-system"));
        int slash = resource[1].indexOf('/');
        String name = slash >= 0 || List.of("get", "update", "patch", "delete").contains(verb) ? "/x" : "";
        return resource[0] + "/namespaces/" + namespace + "/"
                + (slash < 0
                        ? resource[1] + name
                        : resource[1].substring(0, slash) + name + resource[1].substring(slash))
                + (verb.equals("watch") ? "?watch=1" : "");
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
