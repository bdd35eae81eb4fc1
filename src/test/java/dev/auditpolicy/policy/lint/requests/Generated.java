package dev.auditpolicy.policy.lint.requests;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Random policies and requests from a small vocabulary, so that rules often overlap. Some requests have values that no rule
 * lists.
 */
public final class Generated {

    private static final List<String> USERS = List.of("alice", "bob", "system:apiserver", "system:node:n1");
    private static final List<String> GROUPS = List.of("system:nodes", "system:authenticated", "ops");
    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "post", "*");
    private static final List<String> NAMESPACES = List.of("", "default", "kube-system");
    private static final List<String> API_GROUPS = List.of("", "apps", "batch", "*");
    private static final List<String> RESOURCES = List.of(
            "pods",
            "pods/*",
            "pods/log",
            "*",
            "*/status",
            "*/*",
            "deployments",
            "deployments/scale",
            "secrets",
            "/*",
            "secrets/",
            "*/");
    private static final List<String> NAMES = List.of("", "one", "two");
    private static final List<String> PATHS =
            List.of("*", "/*", "/healthz", "/healthz*", "/healthz/etcd", "/api*", "/version", "/api", "/api/v1");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final List<String> URLS = List.of(
            "/healthz",
            "/healthz/etcd",
            "/healthzz",
            "/version",
            "/api",
            "/api/v1",
            "/apis/apps",
            "/metrics",
            "/",
            "/api/v1/pods",
            "/api/v1/pods?watch=1",
            "/api/v1/namespaces/default/pods",
            "/api/v1/nodes/one",
            "/api/v1/namespaces/default/pods/one",
            "/api/v1/namespaces/kube-system/pods/two/log",
            "/api/v1/namespaces/other/pods/one/exec",
            "/api/v1/namespaces/default/secrets/one",
            "/api/v1/namespaces/default/secrets?watch=true",
            "/api/v1/namespaces/default",
            "/api/v1/namespaces",
            "/api/v1/namespaces/default/status",
            "/apis/apps/v1/namespaces/default/deployments",
            "/apis/apps/v1/namespaces/kube-system/deployments/two/scale",
            "/apis/apps/v1/deployments",
            "/apis/batch/v1/namespaces/default/jobs/one/status",
            "/apis/example.com/v1/widgets/one",
            "/api/v1/namespaces/default/pods/one/status",
            "/api/v1/proxy/namespaces/default/pods/one",
            "/api/v1/namespaces/default/*/one/*",
            "/apis/batch/v1/pods/one/*");

    private final Random random;

    /** The seed determines the policies and requests. */
    public Generated(long seed) {
        random = new Random(seed);
    }

    /** A policy of one to eight rules that passes kube-apiserver's validation. */
    public Policy policy() {
        return new Policy(stages(), null, listOf(1 + random.nextInt(8), this::rule));
    }

    private PolicyRule rule() {
        boolean forPaths = random.nextInt(4) == 0;
        boolean forResources = !forPaths && random.nextInt(4) != 0;
        return new PolicyRule(
                oneOf(List.of(Level.values())),
                rarely(USERS),
                rarely(GROUPS),
                rarely(VERBS),
                forResources ? listOf(1 + random.nextInt(3), this::resources) : List.of(),
                forResources ? rarely(NAMESPACES) : List.of(),
                forPaths ? some(PATHS, 3) : List.of(),
                stages(),
                null);
    }

    private GroupResources resources() {
        List<String> resources = random.nextInt(3) == 0 ? List.of() : some(RESOURCES, 3);
        return new GroupResources(
                oneOf(API_GROUPS),
                resources,
                resources.isEmpty() || random.nextInt(4) != 0 ? List.of() : some(NAMES, 2));
    }

    /** A request as kube-apiserver interprets it, authenticated or not. */
    public RequestAttributes request() {
        RequestAttributes request = RequestInfo.of(oneOf(METHODS), oneOf(URLS));
        if (random.nextInt(8) == 0) {
            return request;
        }
        String user = random.nextInt(4) == 0 ? "carol" : oneOf(USERS);
        return request.by(
                user,
                Stream.concat(rarely(GROUPS).stream(), Stream.of("others")).toList());
    }

    private List<Stage> stages() {
        return random.nextInt(4) == 0 ? some(List.of(Stage.values()), 3) : List.of();
    }

    private List<String> rarely(List<String> from) {
        return random.nextInt(3) == 0 ? some(from, 3) : List.of();
    }

    private <T> List<T> some(List<T> from, int atMost) {
        return listOf(1 + random.nextInt(atMost), () -> oneOf(from));
    }

    private <T> T oneOf(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static <T> List<T> listOf(int size, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(element.get());
        }
        return list;
    }
}
