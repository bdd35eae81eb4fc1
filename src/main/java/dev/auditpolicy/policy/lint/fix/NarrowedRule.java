package dev.auditpolicy.policy.lint.fix;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.evaluate.PathPattern;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes rules that match some of the requests that another rule matches. Such a rule, pasted before the other one, changes
 * only requests that the other one decides: a rule without its users or namespaces would also change those that later
 * rules decide.
 *
 * @param base the rule that decides the requests now
 */
public record NarrowedRule(PolicyRule base) {

    /** A resource of a group; a subresource has its parent before a slash. */
    public record Target(String group, String resource) {

        /** Whether an entry of a rule matches it. */
        boolean isMatchedBy(GroupResources entry) {
            String written = entry.group() == null ? "" : entry.group();
            int slash = resource.indexOf('/');
            String parent = slash < 0 ? resource : resource.substring(0, slash);
            return (written.equals("*") || written.equals(group))
                    && (entry.resources().isEmpty()
                            || entry.resources().contains("*")
                            || entry.resources().contains(resource)
                            || entry.resources().contains(parent + "/*")
                            || (slash >= 0 && entry.resources().contains("*" + resource.substring(slash))));
        }
    }

    private record Key(String group, List<String> names) {}

    /** From a rule that records nothing, also by its stages: without those that a new rule must have. */
    public static NarrowedRule ofUnrecorded(PolicyRule base) {
        return new NarrowedRule(new PolicyRule(
                base.level(),
                base.users(),
                base.userGroups(),
                base.verbs(),
                base.resources(),
                base.namespaces(),
                base.nonResourceURLs(),
                base.omitStages().stream()
                        .filter(stage -> stage != Stage.RESPONSE_COMPLETE)
                        .toList(),
                base.omitManagedFields()));
    }

    /** For some verbs, and whatever resources the rule is for. */
    public PolicyRule onVerbs(Level level, List<String> verbs) {
        return with(level, verbs, base.resources(), base.nonResourceURLs());
    }

    /** For these resources, among those of the rule. */
    public PolicyRule onResources(Level level, List<String> verbs, List<Target> targets) {
        return with(level, verbs, base.resources().isEmpty() ? entries(targets) : matched(targets), List.of());
    }

    /** For these paths, among those of the rule. */
    public PolicyRule onPaths(Level level, List<String> verbs, List<String> paths) {
        return with(level, verbs, List.of(), base.nonResourceURLs().isEmpty() ? paths : matchedPaths(paths));
    }

    private PolicyRule with(Level level, List<String> verbs, List<GroupResources> resources, List<String> urls) {
        List<String> common = base.verbs().isEmpty()
                ? verbs
                : verbs.stream().filter(base.verbs()::contains).toList();
        return new PolicyRule(
                level,
                base.users(),
                base.userGroups(),
                verbs.isEmpty() ? base.verbs() : common,
                resources,
                base.namespaces(),
                urls,
                level == Level.NONE ? List.of() : base.omitStages(),
                level.compareTo(Level.REQUEST) < 0 ? null : base.omitManagedFields());
    }

    private List<GroupResources> matched(List<Target> targets) {
        Map<Key, Set<String>> resources = new LinkedHashMap<>();
        targets.forEach(
                target -> base.resources().stream().filter(target::isMatchedBy).forEach(entry -> resources
                        .computeIfAbsent(
                                new Key(
                                        target.group(),
                                        entry.resources().isEmpty() ? List.of() : entry.resourceNames()),
                                _ -> new LinkedHashSet<>())
                        .add(target.resource())));
        return resources.entrySet().stream()
                .map(entry -> new GroupResources(
                        entry.getKey().group(),
                        List.copyOf(entry.getValue()),
                        entry.getKey().names()))
                .toList();
    }

    /** Entries for resources, one for each group. */
    public static List<GroupResources> entries(List<Target> targets) {
        Map<String, Set<String>> resources = new LinkedHashMap<>();
        targets.forEach(target -> resources
                .computeIfAbsent(target.group(), _ -> new LinkedHashSet<>())
                .add(target.resource()));
        return resources.entrySet().stream()
                .map(entry -> new GroupResources(entry.getKey(), List.copyOf(entry.getValue()), List.of()))
                .toList();
    }

    private List<String> matchedPaths(List<String> paths) {
        var matched = new LinkedHashSet<String>();
        for (var path : paths) {
            for (var own : base.nonResourceURLs()) {
                if (new PathPattern(own).covers(new PathPattern(path))) {
                    matched.add(path);
                } else if (new PathPattern(path).covers(new PathPattern(own))) {
                    matched.add(own);
                }
            }
        }
        return List.copyOf(matched);
    }
}
