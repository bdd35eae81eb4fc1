package dev.auditpolicy.policy.explain;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Describes why no entry of {@code resources} matches, by the entry that comes closest to a match. */
final class ResourceMismatches {

    private enum Step {
        GROUP,
        RESOURCE,
        NAME
    }

    private record Stop(Step step, String reason) {}

    private ResourceMismatches() {}

    static Optional<Mismatch> first(List<GroupResources> entries, RequestAttributes request) {
        var stops = new ArrayList<Stop>();
        for (GroupResources entry : entries) {
            Optional<Stop> stop = stop(entry, request);
            if (stop.isEmpty()) {
                return Optional.empty();
            }
            stops.add(stop.get());
        }
        return stops.stream()
                .max(Comparator.comparing(Stop::step))
                .map(closest -> new Mismatch(
                        "resources", closest.step() == Step.GROUP ? groups(entries, request) : closest.reason()));
    }

    private static Optional<Stop> stop(GroupResources entry, RequestAttributes request) {
        String group = group(entry);
        if (!group.equals("*") && !group.equals(request.apiGroup())) {
            return Optional.of(new Stop(Step.GROUP, ""));
        }
        if (entry.resources().isEmpty()) {
            return Optional.empty();
        }
        if (entry.resources().stream().noneMatch(pattern -> matches(pattern, request))) {
            return Optional.of(new Stop(
                    Step.RESOURCE,
                    MismatchPhrases.matchesOnly("resource", entry.resources()) + " in "
                            + MismatchPhrases.apiGroup(request.apiGroup()) + ", but the resource is "
                            + MismatchPhrases.quoted(MismatchPhrases.resource(request))));
        }
        return entry.resourceNames().isEmpty() || entry.resourceNames().contains(request.name())
                ? Optional.empty()
                : Optional.of(new Stop(Step.NAME, names(entry.resourceNames(), request)));
    }

    private static String names(List<String> names, RequestAttributes request) {
        return MismatchPhrases.matchesOnly("object name", names) + " for "
                + MismatchPhrases.quoted(MismatchPhrases.resource(request))
                + (request.name().isEmpty()
                        ? ", but the request has no object name"
                        : ", but the name is " + MismatchPhrases.quoted(request.name()));
    }

    private static String groups(List<GroupResources> entries, RequestAttributes request) {
        List<String> groups = entries.stream()
                .map(ResourceMismatches::group)
                .distinct()
                .map(MismatchPhrases::apiGroup)
                .toList();
        return "matches only " + MismatchPhrases.listed(groups) + ", but the request is for "
                + MismatchPhrases.apiGroup(request.apiGroup());
    }

    private static String group(GroupResources entry) {
        return entry.group() == null ? "" : entry.group();
    }

    private static boolean matches(String pattern, RequestAttributes request) {
        boolean onSubresource = !request.subresource().isEmpty();
        return pattern.equals("*")
                || pattern.equals(MismatchPhrases.resource(request))
                || pattern.equals(request.resource() + "/*")
                || (onSubresource && pattern.equals("*/" + request.subresource()));
    }
}
