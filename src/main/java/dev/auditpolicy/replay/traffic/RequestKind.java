package dev.auditpolicy.replay.traffic;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.replay.request.Subject;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Requests that a proposed rule does not tell apart.
 *
 * @param rule the index of the rule that decides them
 * @param actor who sends them
 * @param inAnyGroup whether the user is in one of the groups into which kube-apiserver puts every user
 * @param verb the verb
 * @param isResourceRequest whether they are for a resource
 * @param group the API group
 * @param resource with its subresource, such as {@code pods/status}; or the part of a path that rules name, such as {@code
 *     /healthz}; {@link #UNNAMED} if no proposed rule may name it
 * @param protection why they stay in the log
 */
public record RequestKind(
        int rule,
        Actor actor,
        boolean inAnyGroup,
        String verb,
        boolean isResourceRequest,
        String group,
        String resource,
        Protection protection) {

    /** Stands for what a client made up: a resource named {@code *} in a URL would match everything in a rule. */
    public static final String UNNAMED = "(other)";

    /** The groups of which each user is in one. */
    public static final List<String> ALL_USERS = List.of("system:authenticated", "system:unauthenticated");

    /** Paths of health checks, each with what begins so. */
    public static final List<String> PROBES = List.of("/healthz", "/livez", "/readyz");

    /** Paths by which clients discover the API, each alone or with a slash and more. */
    public static final List<String> DISCOVERY = List.of("/api", "/apis", "/openapi", "/version");

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern RESOURCE = Pattern.compile(NAME + "(/[a-z]{1,63})?");

    static RequestKind of(int rule, Subject subject, RequestAttributes request) {
        boolean isNamed = request.isResourceRequest() && isNamed(request);
        return new RequestKind(
                rule,
                Actor.of(subject),
                subject.groups().stream().anyMatch(ALL_USERS::contains),
                request.verb(),
                request.isResourceRequest(),
                isNamed ? request.apiGroup() : "",
                request.isResourceRequest() ? isNamed ? resource(request) : UNNAMED : path(request.path()),
                Protection.of(request));
    }

    /** Those for which there is no room. */
    static RequestKind rest(int rule) {
        return new RequestKind(rule, new Actor(Actor.Kind.PERSON, ""), false, "", true, "", UNNAMED, Protection.NONE);
    }

    private static boolean isNamed(RequestAttributes request) {
        return (request.apiGroup().isEmpty() || NAME.matcher(request.apiGroup()).matches())
                && RESOURCE.matcher(resource(request)).matches();
    }

    private static String resource(RequestAttributes request) {
        return request.resource() + (request.subresource().isEmpty() ? "" : "/" + request.subresource());
    }

    private static String path(String path) {
        return PROBES.stream()
                .filter(path::startsWith)
                .findFirst()
                .or(() -> DISCOVERY.stream()
                        .filter(known -> path.equals(known) || path.startsWith(known + "/"))
                        .findFirst())
                .orElse(UNNAMED);
    }

    /** Whether a proposed rule may name the resource or path. */
    public boolean isNamed() {
        return !resource.equals(UNNAMED);
    }

    /** The name of verb and resource in reports. */
    public String label() {
        return (verb.isEmpty() ? "" : verb + " ") + label(group, resource);
    }

    /** The name of a resource, such as {@code deployments.apps/scale}, or of a path. */
    public static String label(String group, String resource) {
        int slash = resource.indexOf('/');
        return group.isEmpty()
                ? resource
                : slash < 0
                        ? resource + "." + group
                        : resource.substring(0, slash) + "." + group + resource.substring(slash);
    }
}
