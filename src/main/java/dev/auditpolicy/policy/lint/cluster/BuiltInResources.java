package dev.auditpolicy.policy.lint.cluster;

import java.util.List;
import java.util.Optional;

/** Finds the API groups of Kubernetes' own resources. */
public final class BuiltInResources {

    private BuiltInResources() {}

    /**
     * The API group of a resource, by its plural name.
     *
     * @return empty if no group has it; if several have it, the core group, else the first by name
     */
    public static Optional<String> groupOf(String resource) {
        List<String> groups = BuiltInApi.RESOURCES.groupsWith(resource);
        return groups.stream().findFirst();
    }

    /** The built-in resource that an unknown name probably means, as {@code RESOURCE} or {@code RESOURCE.GROUP}. */
    public static Optional<String> meant(String resource) {
        var names = new ResourceNames(BuiltInApi.RESOURCES);
        return names.groupsWith(resource).stream()
                .findFirst()
                .map(group -> names.nameInOtherGroups(resource) + (group.isEmpty() ? "" : "." + group));
    }
}
