package dev.auditpolicy.policy.lint.cluster;

import java.util.List;
import java.util.Optional;

/** Knows in which API groups Kubernetes' own resources are. */
public final class BuiltInResources {

    private BuiltInResources() {}

    /**
     * The API group of a resource that is known by its plural name.
     *
     * @return empty if no group has it; of several the core group, else the first by name
     */
    public static Optional<String> groupOf(String resource) {
        List<String> groups = BuiltInApi.RESOURCES.groupsWith(resource);
        return groups.stream().findFirst();
    }

    /** What the resource is probably called whose name is not known, in the form of {@code RESOURCE} or {@code RESOURCE.GROUP}. */
    public static Optional<String> meant(String resource) {
        ResourceNames names = new ResourceNames(BuiltInApi.RESOURCES);
        return names.groupsWith(resource).stream()
                .findFirst()
                .map(group -> names.nameInOtherGroups(resource) + (group.isEmpty() ? "" : "." + group));
    }
}
