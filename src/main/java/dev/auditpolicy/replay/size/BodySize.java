package dev.auditpolicy.replay.size;

import dev.auditpolicy.policy.evaluate.RequestAttributes;

/**
 * The size of bodies that are not in the log, as measured on kube-apiserver 1.36 with ConfigMaps, Leases, Deployments, access
 * reviews and tokens; responses of lists with 50 objects as a table up to 500 whole objects.
 *
 * @param min bytes that the body adds to an event at least
 * @param max bytes that it adds at most
 */
public record BodySize(long min, long max) {

    private static final BodySize NONE = new BodySize(0, 0);

    /** The body of a request. */
    public static BodySize ofRequest(RequestAttributes request) {
        return switch (request.isResourceRequest() ? request.verb() : "") {
            case "create", "update" -> new BodySize(193, 667);
            case "patch" -> new BodySize(33, 418);
            default -> NONE;
        };
    }

    /** The body of a response. */
    public static BodySize ofResponse(RequestAttributes request, boolean omitManagedFields) {
        if (!request.isResourceRequest()) {
            // Discovery has a body, health probes have none.
            return request.path().startsWith("/api") ? new BodySize(0, 2_317) : NONE;
        }
        return switch (request.verb()) {
            case "list" -> omitManagedFields ? new BodySize(15_717, 250_624) : new BodySize(26_667, 360_124);
            case "get" -> omitManagedFields ? new BodySize(344, 571) : new BodySize(586, 788);
            case "create", "update" -> omitManagedFields ? new BodySize(240, 1_437) : new BodySize(503, 1_539);
            case "patch" -> omitManagedFields ? new BodySize(569, 578) : new BodySize(771, 803);
            case "delete", "deletecollection" -> new BodySize(123, 192);
            case "watch" -> new BodySize(0, 24);
            default -> NONE;
        };
    }
}
