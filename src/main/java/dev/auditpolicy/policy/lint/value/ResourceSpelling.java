package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.ResourceNames;
import dev.auditpolicy.policy.lint.fault.Remedy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a resource was meant to be that is not written as RESOURCE or RESOURCE/SUBRESOURCE: several in one value, with the
 * group or the version as in kubectl and in URLs, or with a dot before the subresource.
 *
 * @param group the API group of the entry; {@code *} for every group
 */
record ResourceSpelling(String group) {

    private static final ResourceNames NAMES = new ResourceNames(BuiltInApi.RESOURCES);
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?");
    private static final Pattern VERSION = Pattern.compile("v\\d+((alpha|beta)\\d+)?");

    /** A resource, and its group if the value names one. */
    private record Meant(String group, String resource) {}

    /** Whether kube-apiserver can have a resource, or a subresource, of that name. */
    static boolean isName(String part) {
        return LABEL.matcher(part).matches();
    }

    Remedy remedy(String value) {
        List<String> parts = Separated.split(value);
        Set<String> meant = new LinkedHashSet<>();
        String parent = "";
        for (var part : parts) {
            Meant one = meant(part.toLowerCase(Locale.ROOT), parent);
            if (!one.group().equals(group) && !group.equals("*") && parts.size() == 1 && isValid(one.resource())) {
                return new Remedy.OtherGroup(one.group(), one.resource());
            }
            meant.add(one.resource());
            parent = one.resource().contains("/")
                    ? one.resource().substring(0, one.resource().indexOf('/'))
                    : "";
        }
        return !meant.isEmpty() && meant.stream().allMatch(ResourceSpelling::isValid)
                ? new Remedy.Replace(List.copyOf(meant), meant.size() > 1 ? "as separate values" : "")
                : new Remedy.Advice("use RESOURCE or RESOURCE/SUBRESOURCE, such as pods or pods/log");
    }

    private static boolean isValid(String resource) {
        List<String> parts = List.of(resource.split("/", -1));
        return parts.size() <= 2
                && parts.stream().allMatch(part -> isName(part) || part.equals("*"))
                && !resource.equals("*/*");
    }

    /** @param parent of the value before, if that was a subresource */
    private Meant meant(String written, String parent) {
        var segments = new ArrayList<>(Arrays.stream(written.split("[/:]"))
                .filter(segment -> !segment.isEmpty())
                .toList());
        String named = leadingGroup(segments);
        if (segments.isEmpty()) {
            return new Meant(named, written);
        }
        List<String> dotted = List.of(segments.getFirst().split("\\."));
        if (dotted.size() > 1) {
            segments.set(0, dotted.getFirst());
            String rest = String.join(
                    ".",
                    dotted.subList(1, dotted.size()).stream()
                            .filter(label -> !VERSION.matcher(label).matches())
                            .toList());
            if (isKnown(group, dotted.getFirst() + "/" + rest)) {
                segments.add(1, rest);
            } else {
                named = rest.isEmpty() ? group : rest;
            }
        } else if (!dotted.isEmpty()) {
            segments.set(0, dotted.getFirst());
        }
        String resource = String.join("/", segments.subList(0, Math.min(2, segments.size())));
        boolean subresourceOnly = segments.size() == 1 && !parent.isEmpty() && isKnown(group, parent + "/" + resource);
        return new Meant(named, subresourceOnly ? parent + "/" + resource : spelled(named, resource));
    }

    /** Takes the words before the resource, as in {@code /apis/apps/v1/deployments}, and returns the group. */
    private String leadingGroup(List<String> segments) {
        String named = group;
        while (segments.size() > 1) {
            String first = segments.getFirst();
            boolean isGroup =
                    (first.contains(".") && BuiltInApi.RESOURCES.groups().contains(first))
                            || (isKnown(first, segments.getLast()) && !isKnown(group, first));
            if (VERSION.matcher(first).matches() || first.equals("api") || first.equals("apis")) {
                segments.removeFirst();
            } else if (isGroup) {
                named = segments.removeFirst();
            } else if (first.equals("core")) {
                named = "";
                segments.removeFirst();
            } else {
                break;
            }
        }
        return named;
    }

    private static String spelled(String group, String resource) {
        return NAMES.meant(group, resource).orElse(resource);
    }

    private static boolean isKnown(String group, String resource) {
        return BuiltInApi.RESOURCES.find(group, resource).isPresent();
    }
}
