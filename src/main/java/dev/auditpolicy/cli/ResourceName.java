package dev.auditpolicy.cli;

import dev.auditpolicy.policy.lint.cluster.BuiltInResources;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * A resource as people write it.
 *
 * @param group empty for the core group
 * @param subresource empty for the resource itself
 */
record ResourceName(String resource, String group, String subresource) {

    /**
     * Reads {@code RESOURCE[.GROUP][/SUBRESOURCE]}. Without a group it is that of the built-in resource with that name, which
     * is told where it is not the core group; {@code RESOURCE.} is always of the core group.
     */
    static ResourceName read(String text, PrintWriter notes) {
        int slash = text.indexOf('/');
        String type = slash < 0 ? text : text.substring(0, slash);
        String subresource = slash < 0 ? "" : text.substring(slash + 1);
        int dot = type.indexOf('.');
        if (dot >= 0) {
            return new ResourceName(type.substring(0, dot), type.substring(dot + 1), subresource);
        }
        Optional<String> group = BuiltInResources.groupOf(type);
        if (group.isEmpty()) {
            notes.println(
                    "note: no built-in resource is called \"" + type + "\", so it is taken for one of the core group"
                            + BuiltInResources.meant(type)
                                    .map(meant -> "; did you mean " + meant + "?")
                                    .orElse("; write RESOURCE.GROUP for another"));
        } else if (!group.get().isEmpty()) {
            notes.println("note: \"" + type + "\" is taken for that of API group \"" + group.get() + "\"; write \""
                    + type + ".\" for the core group");
        }
        return new ResourceName(type, group.orElse(""), subresource);
    }
}
