package dev.auditpolicy.replay.estimate;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.evaluate.PathPattern;
import java.util.List;

/** Matches a rule with counted requests, whose user, groups, namespace and name are not known. */
record PossibleMatch(PolicyRule rule, CountedRequests requests) {

    Match match() {
        Match unknownUser = rule.users().isEmpty() && rule.userGroups().isEmpty() ? Match.YES : Match.MAYBE;
        return unknownUser.and(verbs()).and(target());
    }

    private Match verbs() {
        List<String> verbs = rule.verbs();
        if (verbs.isEmpty() || verbs.containsAll(requests.verbs())) {
            return Match.YES;
        }
        return requests.verbs().stream().anyMatch(verbs::contains) ? Match.MAYBE : Match.NO;
    }

    private Match target() {
        boolean forResources = !rule.namespaces().isEmpty() || !rule.resources().isEmpty();
        if (forResources) {
            return requests.isResourceRequest() ? namespaces().and(resources()) : Match.NO;
        }
        if (rule.nonResourceURLs().isEmpty()) {
            return Match.YES;
        }
        return requests.isResourceRequest()
                ? Match.NO
                : rule.nonResourceURLs().stream().map(this::path).reduce(Match.NO, Match::or);
    }

    private Match path(String url) {
        var pattern = new PathPattern(url);
        if (pattern.matches(requests.path())) {
            return Match.YES;
        }
        return pattern.prefix().startsWith(requests.path()) ? Match.MAYBE : Match.NO;
    }

    private Match namespaces() {
        if (rule.namespaces().isEmpty()) {
            return Match.YES;
        }
        return switch (requests.scope()) {
            case "cluster" -> rule.namespaces().contains("") ? Match.YES : Match.NO;
            case "namespace" -> rule.namespaces().equals(List.of("")) ? Match.NO : Match.MAYBE;
            default -> Match.MAYBE;
        };
    }

    private Match resources() {
        return rule.resources().isEmpty()
                ? Match.YES
                : rule.resources().stream().map(this::entry).reduce(Match.NO, Match::or);
    }

    private Match entry(GroupResources entry) {
        String group = entry.group() == null ? "" : entry.group();
        if (!group.equals("*") && !group.equals(requests.group())) {
            return Match.NO;
        }
        if (entry.resources().isEmpty()) {
            return Match.YES;
        }
        if (entry.resources().stream().noneMatch(this::resource)) {
            return Match.NO;
        }
        return entry.resourceNames().isEmpty() ? Match.YES : Match.MAYBE;
    }

    private boolean resource(String pattern) {
        String subresource = requests.subresource();
        String whole = requests.resource() + (subresource.isEmpty() ? "" : "/" + subresource);
        return pattern.equals("*")
                || pattern.equals(whole)
                || pattern.equals(requests.resource() + "/*")
                || (!subresource.isEmpty() && pattern.equals("*/" + subresource));
    }
}
