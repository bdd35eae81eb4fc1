package dev.auditpolicy.policy.lint.requests;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The requests whose attributes are all in the extents.
 *
 * @param extents one for each {@link Attribute}
 */
public record Requests(Map<Attribute, Extent> extents) {

    /** The kind of a request for a resource. */
    public static final String RESOURCE = "resource";

    /** The kind of a request for any other URL. */
    public static final String PATH = "path";

    /** The user of a request whose authentication failed: no user has this name, and the request has no groups. */
    public static final String NOBODY = "\0";

    private static final Values ONLY_NOBODY = Values.of(NOBODY);

    /** Every request. */
    public static final Requests ALL = new Requests(
            Arrays.stream(Attribute.values()).collect(Collectors.toMap(Function.identity(), Attribute::all)));

    /** Every request for a resource. */
    public static final Requests FOR_RESOURCES = ALL.where(Attribute.KIND, Values.of(RESOURCE));

    /** Every request for another URL. */
    public static final Requests FOR_PATHS = ALL.where(Attribute.KIND, Values.of(PATH));

    public Requests {
        extents = Collections.unmodifiableMap(new EnumMap<>(extents));
    }

    /** The subset of these requests whose attribute is also in the extent. */
    public Requests where(Attribute attribute, Extent extent) {
        return with(attribute, extent(attribute).and(extent));
    }

    /** These requests, with the extent instead of the present one for the attribute. */
    public Requests with(Attribute attribute, Extent extent) {
        Map<Attribute, Extent> changed = new EnumMap<>(extents);
        changed.put(attribute, extent);
        return new Requests(changed);
    }

    /** The values of an attribute. */
    public Extent extent(Attribute attribute) {
        return requireNonNull(extents.get(attribute));
    }

    /** The values of an attribute that is one string. */
    public Values values(Attribute attribute) {
        return (Values) extent(attribute);
    }

    /** The values of the attribute that is a path. */
    public Paths paths(Attribute attribute) {
        return (Paths) extent(attribute);
    }

    /** The values of the attribute that is groups. */
    public Memberships memberships(Attribute attribute) {
        return (Memberships) extent(attribute);
    }

    /** The requests in both sets. */
    public Requests and(Requests other) {
        Map<Attribute, Extent> both = new EnumMap<>(extents);
        for (var attribute : Attribute.values()) {
            both.put(attribute, extent(attribute).and(other.extent(attribute)));
        }
        return new Requests(both);
    }

    /** Whether the set contains no request. */
    public boolean isEmpty() {
        return extents.values().stream().anyMatch(Extent::isEmpty) || isNobodyInAGroup();
    }

    private boolean isNobodyInAGroup() {
        return values(Attribute.USER).equals(ONLY_NOBODY) && requiresAGroup();
    }

    private boolean requiresAGroup() {
        return ((Memberships) extent(Attribute.USER_GROUPS)).requiresAny();
    }

    boolean overlaps(Requests other) {
        for (var attribute : Attribute.values()) {
            if (extent(attribute).isDisjointFrom(other.extent(attribute))) {
                return false;
            }
        }
        return !values(Attribute.USER).equals(ONLY_NOBODY) || (!requiresAGroup() && !other.requiresAGroup());
    }

    /** These requests without those of a rule, in disjoint parts. */
    List<Requests> without(Requests rule) {
        if (!overlaps(rule)) {
            return List.of(this);
        }
        var parts = new ArrayList<Requests>();
        Requests common = this;
        for (var attribute : Attribute.values()) {
            Extent outside = common.extent(attribute).without(rule.extent(attribute));
            if (!outside.isEmpty()) {
                Requests part = common.with(attribute, outside);
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
            common = common.where(attribute, rule.extent(attribute));
        }
        return parts;
    }

    /** One of these requests; the set must not be empty. */
    public RequestAttributes example() {
        boolean forResource = values(Attribute.KIND).contains(RESOURCE);
        String user = values(Attribute.USER).example(List.of("alice"));
        boolean nobody = user.equals(NOBODY);
        String group = forResource ? example(Attribute.API_GROUP, "", "apps", "example.com") : "";
        return new RequestAttributes(
                nobody ? null : user,
                nobody ? List.of() : ((Memberships) extent(Attribute.USER_GROUPS)).example(),
                values(Attribute.VERB).example(List.of("get", "list", "watch", "create", "update", "patch", "delete")),
                forResource ? example(Attribute.NAMESPACE, "default", "") : "",
                group,
                forResource ? "v1" : "",
                forResource ? example(Attribute.RESOURCE, preferredResources(group)) : "",
                forResource ? example(Attribute.SUBRESOURCE, "", "status") : "",
                forResource ? example(Attribute.NAME, "one", "") : "",
                forResource ? "/" : ((Paths) extent(Attribute.URL_PATH)).example(),
                forResource);
    }

    private static String[] preferredResources(String group) {
        return switch (group) {
            case "" -> new String[] {"pods", "services", "nodes"};
            case "apps" -> new String[] {"deployments", "statefulsets"};
            default -> new String[] {"widgets"};
        };
    }

    private String example(Attribute attribute, String... preferred) {
        return values(attribute).example(List.of(preferred));
    }
}
