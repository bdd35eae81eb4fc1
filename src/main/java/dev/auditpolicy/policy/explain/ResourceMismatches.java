package dev.auditpolicy.policy.explain;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says why none of the entries of {@code resources} matches: what the one that comes nearest stops at. */
final class ResourceMismatches {

    private enum Step {
        GROUP,
        RESOURCE,
        NAME
    }

    private record Stop(Step step, String reason) {}

    private ResourceMismatches() {}

    static Optional<Mismatch> first(List<GroupResources> entries, RequestAttributes request) {
        List<Stop> stops = new ArrayList<>();
        for (GroupResources entry : entries) {
            Optional<Stop> stop = stop(entry, request);
            if (stop.isEmpty()) {
                return Optional.empty();
            }
            stops.add(stop.get());
        }
        return stops.stream()
                .max(Comparator.comparing(Stop::step))
                .map(nearest -> new Mismatch(
                        "resources", nearest.step() == Step.GROUP ? groups(entries, request) : nearest.reason()));
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
                    "is, in " + MismatchPhrases.apiGroup(request.apiGroup()) + ", only for "
                            + MismatchPhrases.counted("resource", entry.resources()) + ", and the resource is "
                            + MismatchPhrases.quoted(MismatchPhrases.resource(request))));
        }
        return entry.resourceNames().isEmpty() || entry.resourceNames().contains(request.name())
                ? Optional.empty()
                : Optional.of(new Stop(Step.NAME, names(entry.resourceNames(), request)));
    }

    private static String names(List<String> names, RequestAttributes request) {
        return "is, for " + MismatchPhrases.quoted(MismatchPhrases.resource(request)) + ", "
                + MismatchPhrases.onlyFor("object name", names).substring("is ".length())
                + (request.name().isEmpty()
                        ? ", and the request names no object"
                        : ", and the name is " + MismatchPhrases.quoted(request.name()));
    }

    private static String groups(List<GroupResources> entries, RequestAttributes request) {
        List<String> groups = entries.stream()
                .map(ResourceMismatches::group)
                .distinct()
                .map(MismatchPhrases::apiGroup)
                .toList();
        return "is only for " + MismatchPhrases.listed(groups) + ", and the request is for "
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
