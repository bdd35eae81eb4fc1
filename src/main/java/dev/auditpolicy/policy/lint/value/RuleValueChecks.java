package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.identity.UserCheck;
import dev.auditpolicy.policy.lint.identity.UserGroupCheck;
import java.util.List;
import java.util.Optional;

/** The checks for the fields of one rule. */
public record RuleValueChecks(PolicyRule rule, LintContext context) {

    private static final ValueCheck USERS = new TextCheck(new UserCheck());
    private static final ValueCheck USER_GROUPS = new TextCheck(new UserGroupCheck());
    private static final ValueCheck NAMESPACES = new TextCheck(new NamespaceCheck());
    private static final ValueCheck URLS = new TextCheck(new NonResourceUrlCheck());
    private static final ValueCheck NAMES = new TextCheck(new ResourceNameCheck());
    private static final ValueCheck API_GROUPS = new ApiGroupCheck(BuiltInApi.RESOURCES);

    public ValueCheck users() {
        return USERS;
    }

    public ValueCheck userGroups() {
        return USER_GROUPS;
    }

    public ValueCheck namespaces() {
        return NAMESPACES;
    }

    public ValueCheck urls() {
        return URLS;
    }

    public ValueCheck resourceNames() {
        return NAMES;
    }

    public ValueCheck verbs() {
        boolean onlyResources =
                !rule.resources().isEmpty() || !rule.namespaces().isEmpty();
        return new TextCheck(new VerbCheck(rule.nonResourceURLs().isEmpty() || onlyResources, !onlyResources));
    }

    public ValueCheck apiGroups() {
        return API_GROUPS;
    }

    public ValueCheck resources(GroupResources entry) {
        return new TextCheck(new ResourceCheck(ResourceEntries.group(entry), context));
    }

    /**
     * The rule without values that match nothing.
     *
     * @return empty if the rule itself matches nothing
     */
    public Optional<PolicyRule> effective() {
        List<String> users = effective(rule.users(), USERS);
        List<String> userGroups = effective(rule.userGroups(), USER_GROUPS);
        List<String> verbs = effective(rule.verbs(), verbs());
        List<GroupResources> resources = rule.resources().stream()
                .flatMap(entry -> effective(entry).stream())
                .toList();
        List<String> namespaces = effective(rule.namespaces(), NAMESPACES);
        List<String> urls = effective(rule.nonResourceURLs(), URLS);
        boolean matchesNothing = emptied(rule.users(), users)
                || emptied(rule.userGroups(), userGroups)
                || emptied(rule.verbs(), verbs)
                || emptied(rule.resources(), resources)
                || emptied(rule.namespaces(), namespaces)
                || emptied(rule.nonResourceURLs(), urls);
        return matchesNothing
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

    /** The entry without values that match nothing; empty if the entry itself matches nothing. */
    public Optional<GroupResources> effective(GroupResources entry) {
        List<String> resources = effective(entry.resources(), resources(entry));
        List<String> names = effective(entry.resourceNames(), NAMES);
        boolean matchesNothing =
                effective(List.of(ResourceEntries.group(entry)), API_GROUPS).isEmpty()
                        || emptied(entry.resources(), resources)
                        || emptied(entry.resourceNames(), names);
        return matchesNothing ? Optional.empty() : Optional.of(new GroupResources(entry.group(), resources, names));
    }

    /** The values that match something. */
    public static List<String> effective(List<String> values, ValueCheck check) {
        return values.stream()
                .filter(value ->
                        check.check(value).filter(ValueFault::matchesNothing).isEmpty())
                .toList();
    }

    private static boolean emptied(List<?> before, List<?> after) {
        return !before.isEmpty() && after.isEmpty();
    }
}
