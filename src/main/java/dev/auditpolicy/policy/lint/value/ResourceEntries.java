package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import java.util.List;

/** Reads an entry of {@code resources} as upstream does. */
public final class ResourceEntries {

    private ResourceEntries() {}

    /** The API group; an absent one is the core group, not every group. */
    public static String group(GroupResources entry) {
        return entry.group() == null ? "" : entry.group();
    }

    /** The entry with one of its resources only. */
    public static GroupResources only(GroupResources entry, String resource) {
        return new GroupResources(entry.group(), List.of(resource), entry.resourceNames());
    }
}
