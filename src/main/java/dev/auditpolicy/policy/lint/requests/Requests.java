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
 * All requests whose attributes each lie in an extent.
 *
 * @param extents one for each {@link Attribute}
 */
public record Requests(Map<Attribute, Extent> extents) {

    /** The kind of a request for a resource. */
    public static final String RESOURCE = "resource";

    /** The kind of a request for any other URL. */
    public static final String PATH = "path";

    /** The user of a request whose authentication failed: nobody has such a name, and nobody is in a group. */
    public static final String NOBODY = "\0";

    private static final Values BY_NOBODY = Values.of(NOBODY);

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

    /** Those of these requests whose attribute lies in the extent too. */
    public Requests where(Attribute attribute, Extent extent) {
        return with(attribute, extent(attribute).and(extent));
    }

    /** These requests, but with any value of the extent for the attribute, whatever it was. */
    public Requests with(Attribute attribute, Extent extent) {
        Map<Attribute, Extent> changed = new EnumMap<>(extents);
        changed.put(attribute, extent);
        return new Requests(changed);
    }

    /** What an attribute may be. */
    public Extent extent(Attribute attribute) {
        return requireNonNull(extents.get(attribute));
    }

    /** What an attribute that is one string may be. */
    public Values values(Attribute attribute) {
        return (Values) extent(attribute);
    }

    /** The requests that are among both. */
    public Requests and(Requests other) {
        Map<Attribute, Extent> both = new EnumMap<>(extents);
        for (Attribute attribute : Attribute.values()) {
            both.put(attribute, extent(attribute).and(other.extent(attribute)));
        }
        return new Requests(both);
    }

    /** Whether there is no such request. */
    public boolean isEmpty() {
        return extents.values().stream().anyMatch(Extent::isEmpty) || isNobodyInAGroup();
    }

    private boolean isNobodyInAGroup() {
        return values(Attribute.USER).equals(BY_NOBODY) && demandsAGroup();
    }

    private boolean demandsAGroup() {
        return ((Memberships) extent(Attribute.USER_GROUPS)).demandsSome();
    }

    boolean overlaps(Requests other) {
        for (Attribute attribute : Attribute.values()) {
            if (extent(attribute).isDisjointFrom(other.extent(attribute))) {
                return false;
            }
        }
        return !values(Attribute.USER).equals(BY_NOBODY) || (!demandsAGroup() && !other.demandsAGroup());
    }

    /** These requests without those of a rule, in parts that have none in common. */
    List<Requests> without(Requests rule) {
        if (!overlaps(rule)) {
            return List.of(this);
        }
        List<Requests> parts = new ArrayList<>();
        Requests common = this;
        for (Attribute attribute : Attribute.values()) {
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

    /** One of these requests, which are not none. */
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
                forResource ? example(Attribute.RESOURCE, usualResources(group)) : "",
                forResource ? example(Attribute.SUBRESOURCE, "", "status") : "",
                forResource ? example(Attribute.NAME, "one", "") : "",
                forResource ? "/" : ((Paths) extent(Attribute.URL_PATH)).example(),
                forResource);
    }

    private static String[] usualResources(String group) {
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
