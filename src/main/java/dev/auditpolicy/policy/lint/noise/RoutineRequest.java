package dev.auditpolicy.policy.lint.noise;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request that every cluster sends repeatedly.
 *
 * @param what names the requests in messages
 */
public record RoutineRequest(String what, RequestAttributes request) {

    /** Events of components, several for every pod that starts. */
    static final List<RoutineRequest> EVENTS = List.of(
            node("events of kubelets", "POST", "/api/v1/namespaces/default/events"),
            node("events of kubelets", "PATCH", "/api/v1/namespaces/default/events/pod-1.17d8a2c0"),
            component(
                    "events of kube-scheduler",
                    "scheduler",
                    "POST",
                    "/apis/events.k8s.io/v1/namespaces/default/events"));

    /** Lease renewals: each node every 10 seconds, each leader every 2. */
    static final List<RoutineRequest> LEASES = List.of(
            node("node heartbeats", "PUT", "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-1"),
            component(
                    "leader elections",
                    "scheduler",
                    "PUT",
                    "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler"));

    /** The probes of a kubeadm control plane: readiness every second, the others every 10. */
    static final List<RoutineRequest> PROBES = Stream.of("/readyz", "/livez", "/healthz")
            .map(path -> of(path, "system:anonymous", List.of("system:unauthenticated"), "GET", path))
            .toList();

    /** Watches: each client reopens them every 5 to 10 minutes. */
    static final List<RoutineRequest> WATCHES = List.of(
            node("watches of kubelets", "GET", "/api/v1/pods?watch=1&fieldSelector=spec.nodeName%3Dnode-1"),
            component("watches of kube-scheduler", "scheduler", "GET", "/api/v1/pods?watch=1"),
            component(
                    "watches of kube-controller-manager",
                    "controller-manager",
                    "GET",
                    "/apis/apps/v1/deployments?watch=1"));

    /** Lists that tools request without a limit, and that are large in a large cluster. */
    static final List<RoutineRequest> LISTS = Stream.of(
                    "pods=/api/v1/pods",
                    "nodes=/api/v1/nodes",
                    "events=/api/v1/events",
                    "endpointslices=/apis/discovery.k8s.io/v1/endpointslices",
                    "replicasets=/apis/apps/v1/replicasets",
                    "customresourcedefinitions=/apis/apiextensions.k8s.io/v1/customresourcedefinitions")
            .map(list -> list.split("="))
            .map(list -> of(
                    list[0],
                    "system:serviceaccount:monitoring:kube-state-metrics",
                    List.of("system:serviceaccounts", "system:serviceaccounts:monitoring", "system:authenticated"),
                    "GET",
                    list[1]))
            .toList();

    private static RoutineRequest node(String what, String method, String url) {
        return of(what, "system:node:node-1", List.of("system:nodes", "system:authenticated"), method, url);
    }

    private static RoutineRequest component(String what, String name, String method, String url) {
        return of(what, "system:kube-" + name, List.of("system:authenticated"), method, url);
    }

    private static RoutineRequest of(String what, String user, List<String> groups, String method, String url) {
        return new RoutineRequest(what, RequestInfo.of(method, url).by(user, groups));
    }
}
