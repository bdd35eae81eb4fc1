package dev.auditpolicy.cli;

import dev.auditpolicy.policy.lint.cluster.BuiltInResources;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A resource as given to {@code --resource}.
 *
 * @param group empty for the core group
 * @param subresource empty for the resource itself
 */
record ResourceName(String resource, String group, String subresource) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?");
    private static final Pattern GROUP = Pattern.compile("[a-z0-9.-]*");

    static boolean isValid(String text) {
        String[] parts = text.split("/", 2);
        String[] type = parts[0].split("\\.", 2);
        return NAME.matcher(type[0]).matches()
                && (type.length < 2 || GROUP.matcher(type[1]).matches())
                && (parts.length < 2 || NAME.matcher(parts[1]).matches());
    }

    /**
     * Parses {@code RESOURCE[.GROUP][/SUBRESOURCE]}. Without a group, uses that of the built-in resource with that name
     * and prints a note unless that is the core group. {@code RESOURCE.} is always in the core group.
     */
    static ResourceName parse(String text, PrintWriter notes) {
        int slash = text.indexOf('/');
        String type = slash < 0 ? text : text.substring(0, slash);
        String subresource = slash < 0 ? "" : text.substring(slash + 1);
        int dot = type.indexOf('.');
        if (dot >= 0) {
            return new ResourceName(type.substring(0, dot), type.substring(dot + 1), subresource);
        }
        Optional<String> group = BuiltInResources.groupOf(type);
        if (group.isEmpty()) {
            notes.println("note: \"" + type + "\" is not a built-in resource; assuming the core API group; "
                    + BuiltInResources.meant(type)
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("use RESOURCE.GROUP for another group"));
        } else if (!group.get().isEmpty()) {
            notes.println("note: assuming \"" + type + "\" in API group \"" + group.get() + "\"; use \"" + type
                    + ".\" for the core group");
        }
        return new ResourceName(type, group.orElse(""), subresource);
    }
}
