package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.RuleYaml;
import dev.auditpolicy.policy.lint.value.RuleValueChecks;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says what to do about one value of a rule. What is removed must leave something: an empty list matches everything, so a
 * list that loses all its values goes with the rule.
 */
record RemedyText(RuleValueChecks checks, boolean isOnlyRule) {

    private static final String REMOVE_VALUE = "remove the value";
    private static final String REMOVE_ENTRY = "remove the entry";
    private static final String REMOVE_RULE = "remove this rule";
    private static final String REPLACE_RULE = "replace this rule: a policy needs at least one";

    /** A value of a list of the rule, such as {@code users}. */
    String inList(Remedy remedy, String field, List<String> values, int index, ValueCheck check) {
        return switch (remedy) {
            case Remedy.Remove remove -> removal(remains(values, index, check) ? REMOVE_VALUE : removeRule(), remove);
            case Remedy.OtherField other -> otherField(other, field, values);
            case Remedy.Replace _, Remedy.Guess _, Remedy.OtherGroup _, Remedy.Advice _ -> anywhere(remedy);
        };
    }

    /** The group of an entry of {@code resources}. */
    String ofGroup(Remedy remedy) {
        return remedy instanceof Remedy.Remove remove
                ? removal(checks.rule().resources().size() > 1 ? REMOVE_ENTRY : removeRule(), remove)
                : anywhere(remedy);
    }

    /** A resource in an entry. */
    String ofResource(Remedy remedy, GroupResources entry, int index) {
        return switch (remedy) {
            case Remedy.Remove remove ->
                remains(entry.resources(), index, checks.resources(entry))
                        ? removal(REMOVE_VALUE, remove)
                        : ofGroup(remedy);
            case Remedy.OtherGroup other -> {
                String moved = RuleYaml.of(
                        new GroupResources(other.group(), List.of(other.resource()), entry.resourceNames()));
                yield entry.resources().size() > 1
                        ? "move it to a new entry " + moved
                        : "replace the entry with " + moved;
            }
            case Remedy.Replace _, Remedy.Guess _, Remedy.OtherField _, Remedy.Advice _ -> anywhere(remedy);
        };
    }

    private static String anywhere(Remedy remedy) {
        return switch (remedy) {
            case Remedy.Replace(List<String> values, String why) -> Fix.use(values) + (why.isEmpty() ? "" : ", " + why);
            case Remedy.Guess(String value) -> "did you mean \"" + value + "\"?";
            case Remedy.Advice(String text) -> text;
            case Remedy.Remove remove -> removal(REMOVE_VALUE, remove);
            case Remedy.OtherGroup other -> "move it to an entry with group \"" + other.group() + '"';
            case Remedy.OtherField other -> "move it to " + other.field();
        };
    }

    private String removeRule() {
        return isOnlyRule ? REPLACE_RULE : REMOVE_RULE;
    }

    private static String removal(String what, Remedy.Remove remove) {
        return remove.unless().isEmpty() ? what : what + ", unless " + remove.unless();
    }

    /** Whether another value of the list stays: one that is right, or that is to be replaced. */
    private static boolean remains(List<String> values, int index, ValueCheck check) {
        return IntStream.range(0, values.size()).filter(other -> other != index).anyMatch(other -> check.check(
                        values.get(other))
                .filter(fault -> fault.remedy() instanceof Remedy.Remove)
                .isEmpty());
    }

    /** A rule matches only users that are in {@code users} and in a group of {@code userGroups}. */
    private String otherField(Remedy.OtherField other, String field, List<String> values) {
        PolicyRule rule = checks.rule();
        boolean toGroups = other.field().equals("userGroups");
        boolean otherIsEmpty = (toGroups ? rule.userGroups() : rule.users()).isEmpty();
        if (values.size() == 1) {
            return otherIsEmpty
                    ? "replace " + field + " with " + other.field() + ": " + RuleYaml.of(List.of(other.value()))
                    : "remove " + field + ", and add \"" + other.value() + "\" to " + other.field();
        }
        PolicyRule copy = new PolicyRule(
                rule.level(),
                toGroups ? List.of() : List.of(other.value()),
                toGroups ? List.of(other.value()) : List.of(),
                rule.verbs(),
                rule.resources(),
                rule.namespaces(),
                rule.nonResourceURLs(),
                rule.omitStages(),
                rule.omitManagedFields());
        return REMOVE_VALUE + ", and " + Fix.addBefore(copy);
    }
}
