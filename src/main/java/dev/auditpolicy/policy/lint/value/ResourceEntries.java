package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import java.util.List;

/** Reads an entry of {@code resources} the way kube-apiserver does. */
public final class ResourceEntries {

    private ResourceEntries() {}

    /** The API group; if absent, the core group, not every group. */
    public static String group(GroupResources entry) {
        return entry.group() == null ? "" : entry.group();
    }

    /** The entry with only one of its resources. */
    public static GroupResources only(GroupResources entry, String resource) {
        return new GroupResources(entry.group(), List.of(resource), entry.resourceNames());
    }
}
