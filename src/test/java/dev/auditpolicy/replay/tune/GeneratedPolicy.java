package dev.auditpolicy.replay.tune;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes policies with rules of every form. */
record GeneratedPolicy(RandomGenerator random) {

    private static final List<String> USERS = List.of(
            "system:kube-scheduler",
            "system:apiserver",
            "system:serviceaccount:shop:web",
            "jane",
            "system:node:a",
            "system:anonymous");

    private static final List<String> GROUPS = List.of(
            "system:nodes",
            "system:authenticated",
            "system:serviceaccounts",
            "system:unauthenticated",
            "system:masters");

    private static final List<GroupResources> RESOURCES = List.of(
            new GroupResources("", List.of("pods", "services", "events"), List.of()),
            new GroupResources(null, List.of("pods/*"), List.of()),
            new GroupResources("", List.of("secrets", "configmaps"), List.of("x")),
            new GroupResources("", List.of("*/status", "pods"), List.of()),
            new GroupResources("", List.of(), List.of()),
            new GroupResources("*", List.of(), List.of()),
            new GroupResources("apps", List.of(), List.of()),
            new GroupResources("rbac.authorization.k8s.io", List.of(), List.of()),
            new GroupResources("coordination.k8s.io", List.of("leases"), List.of("x")));

    private static final List<String> VERBS = List.of("get", "list", "watch", "create", "update", "patch", "delete");

    private static final List<String> URLS = List.of("/healthz*", "/api*", "*", "/version", "/livez/ping", "/apis/*");

    Policy next() {
        var rules = new ArrayList<PolicyRule>();
        for (int count = random.nextInt(5); count >= 0; count--) {
            rules.add(rule());
        }
        if (random.nextInt(4) > 0) {
            rules.add(new PolicyRule(
                    level(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), stages(), flag()));
        }
        return new Policy(stages(), flag(), rules);
    }

    private PolicyRule rule() {
        boolean isForPaths = random.nextInt(5) == 0;
        return new PolicyRule(
                level(),
                some(USERS),
                some(GROUPS),
                some(VERBS),
                isForPaths ? List.of() : some(RESOURCES),
                isForPaths || random.nextInt(3) > 0 ? List.of() : List.of("shop"),
                isForPaths ? List.of(URLS.get(random.nextInt(URLS.size()))) : List.of(),
                stages(),
                flag());
    }

    private Level level() {
        return List.of(Level.NONE, Level.METADATA, Level.REQUEST, Level.REQUEST_RESPONSE, Level.REQUEST_RESPONSE)
                .get(random.nextInt(5));
    }

    private List<Stage> stages() {
        return random.nextInt(4) == 0 ? List.of(Stage.REQUEST_RECEIVED) : List.of();
    }

    private Boolean flag() {
        return random.nextInt(3) > 0 ? null : (Boolean) random.nextBoolean();
    }

    private <T> List<T> some(List<T> values) {
        return random.nextInt(2) == 0
                ? List.of()
                : values.stream().filter(_ -> random.nextInt(3) == 0).toList();
    }
}
