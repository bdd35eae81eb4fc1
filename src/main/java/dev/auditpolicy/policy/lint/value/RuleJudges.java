package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import java.util.List;
import java.util.Optional;

/** The judges for the fields of one rule. */
public record RuleJudges(PolicyRule rule, LintContext context) {

    private static final Judge USERS = new UserJudge();
    private static final Judge USER_GROUPS = new UserGroupJudge();
    private static final Judge NAMESPACES = new NamespaceJudge();
    private static final Judge URLS = new UrlJudge();
    private static final Judge NAMES = new ObjectNameJudge();
    private static final Judge API_GROUPS = new ApiGroupJudge(BuiltInApi.RESOURCES);

    public Judge users() {
        return USERS;
    }

    public Judge userGroups() {
        return USER_GROUPS;
    }

    public Judge namespaces() {
        return NAMESPACES;
    }

    public Judge urls() {
        return URLS;
    }

    public Judge names() {
        return NAMES;
    }

    public Judge verbs() {
        boolean onlyResources =
                !rule.resources().isEmpty() || !rule.namespaces().isEmpty();
        return new VerbJudge(rule.nonResourceURLs().isEmpty() || onlyResources, !onlyResources);
    }

    public Judge apiGroups() {
        return API_GROUPS;
    }

    public Judge resources(GroupResources entry) {
        return new ResourceJudge(Entries.group(entry), context);
    }

    /**
     * The rule without what matches nothing.
     *
     * @return empty if nothing is left that it could match
     */
    public Optional<PolicyRule> live() {
        List<String> users = live(rule.users(), USERS);
        List<String> userGroups = live(rule.userGroups(), USER_GROUPS);
        List<String> verbs = live(rule.verbs(), verbs());
        List<GroupResources> resources =
                rule.resources().stream().flatMap(entry -> live(entry).stream()).toList();
        List<String> namespaces = live(rule.namespaces(), NAMESPACES);
        List<String> urls = live(rule.nonResourceURLs(), URLS);
        boolean dead = emptied(rule.users(), users)
                || emptied(rule.userGroups(), userGroups)
                || emptied(rule.verbs(), verbs)
                || emptied(rule.resources(), resources)
                || emptied(rule.namespaces(), namespaces)
                || emptied(rule.nonResourceURLs(), urls);
        return dead
                ? Optional.empty()
                : Optional.of(new PolicyRule(
                        rule.level(),
                        users,
                        userGroups,
                        verbs,
                        resources,
                        namespaces,
                        urls,
                        rule.omitStages(),
                        rule.omitManagedFields()));
    }

    /** The entry without what matches nothing; empty if nothing is left. */
    public Optional<GroupResources> live(GroupResources entry) {
        List<String> resources = live(entry.resources(), resources(entry));
        List<String> names = live(entry.resourceNames(), NAMES);
        boolean dead = live(List.of(Entries.group(entry)), API_GROUPS).isEmpty()
                || emptied(entry.resources(), resources)
                || emptied(entry.resourceNames(), names);
        return dead ? Optional.empty() : Optional.of(new GroupResources(entry.group(), resources, names));
    }

    /** The values that match something. */
    public static List<String> live(List<String> values, Judge judge) {
        return values.stream()
                .filter(value ->
                        judge.judge(value).filter(Fault::matchesNothing).isEmpty())
                .toList();
    }

    private static boolean emptied(List<?> before, List<?> after) {
        return !before.isEmpty() && after.isEmpty();
    }
}
