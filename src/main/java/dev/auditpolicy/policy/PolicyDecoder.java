package dev.auditpolicy.policy;

import dev.auditpolicy.policy.Finding.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a document the shape of an audit policy, as Go's decoder does: fields in the document's order, a null is an
 * absent value, of equal names the last one counts. What does not fit is kept as a finding and decoded as absent.
 */
final class PolicyDecoder {

    /** The fields of a Policy without its type and metadata. */
    static final List<String> POLICY_FIELDS = List.of("omitStages", "omitManagedFields", "rules");

    static final List<String> RULE_FIELDS = List.of(
            "level",
            "users",
            "userGroups",
            "verbs",
            "resources",
            "namespaces",
            "nonResourceURLs",
            "omitStages",
            "omitManagedFields");

    static final List<String> RESOURCES_FIELDS = List.of("group", "resources", "resourceNames");

    private final List<Finding> findings = new ArrayList<>();

    /** What did not fit, in the order of the document. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    DecodedPolicy policy(Tree tree, FieldPath path) {
        List<String> omitStages = List.of();
        Boolean omitManagedFields = null;
        List<DecodedRule> rules = List.of();
        for (Tree.Field field : fields(tree, path, new ExpectedType("an object with rules", "Policy", "v1.Policy"))) {
            FieldPath at = path.field(field.name());
            Tree value = field.value();
            switch (field.name()) {
                case "omitStages" -> omitStages = strings(value, at, "Policy.omitStages", "v1.Stage");
                case "omitManagedFields" -> omitManagedFields = bool(value, at, "Policy.omitManagedFields");
                case "rules" -> rules = rules(value, at, List.of(new Owner(path, POLICY_FIELDS)));
                default -> unknown(field, at, POLICY_FIELDS, List.of());
            }
        }
        return new DecodedPolicy(omitStages, omitManagedFields, rules);
    }

    private List<DecodedRule> rules(Tree tree, FieldPath path, List<Owner> enclosing) {
        List<DecodedRule> rules = new ArrayList<>();
        for (Tree item : items(tree, path, new ExpectedType("a list of rules", "Policy.rules", "[]v1.PolicyRule"))) {
            rules.add(rule(item, path.index(rules.size()), enclosing));
        }
        return rules;
    }

    private DecodedRule rule(Tree tree, FieldPath path, List<Owner> enclosing) {
        String level = "";
        List<String> users = List.of();
        List<String> userGroups = List.of();
        List<String> verbs = List.of();
        List<DecodedResources> resources = List.of();
        List<String> namespaces = List.of();
        List<String> nonResourceURLs = List.of();
        List<String> omitStages = List.of();
        Boolean omitManagedFields = null;
        for (Tree.Field field :
                element(tree, path, new ExpectedType("an object with a level", "Policy.rules", "v1.PolicyRule"))) {
            FieldPath at = path.field(field.name());
            Tree value = field.value();
            String goField = "PolicyRule.rules." + field.name();
            switch (field.name()) {
                case "level" -> level = string(value, at, new ExpectedType("a string", goField, "v1.Level"));
                case "users" -> users = strings(value, at, goField, "string");
                case "userGroups" -> userGroups = strings(value, at, goField, "string");
                case "verbs" -> verbs = strings(value, at, goField, "string");
                case "resources" -> resources = resources(value, at, plus(new Owner(path, RULE_FIELDS), enclosing));
                case "namespaces" -> namespaces = strings(value, at, goField, "string");
                case "nonResourceURLs" -> nonResourceURLs = strings(value, at, goField, "string");
                case "omitStages" -> omitStages = strings(value, at, goField, "v1.Stage");
                case "omitManagedFields" -> omitManagedFields = bool(value, at, goField);
                default -> unknown(field, at, RULE_FIELDS, enclosing);
            }
        }
        return new DecodedRule(
                level, users, userGroups, verbs, resources, namespaces, nonResourceURLs, omitStages, omitManagedFields);
    }

    private List<DecodedResources> resources(Tree tree, FieldPath path, List<Owner> enclosing) {
        ExpectedType list =
                new ExpectedType("a list of objects with a group", "PolicyRule.rules.resources", "[]v1.GroupResources");
        List<DecodedResources> resources = new ArrayList<>();
        for (Tree item : items(tree, path, list)) {
            resources.add(groupResources(item, path.index(resources.size()), enclosing));
        }
        return resources;
    }

    private DecodedResources groupResources(Tree tree, FieldPath path, List<Owner> enclosing) {
        ExpectedType object =
                new ExpectedType("an object with a group", "PolicyRule.rules.resources", "v1.GroupResources");
        String group = "";
        List<String> resources = List.of();
        List<String> resourceNames = List.of();
        for (Tree.Field field : element(tree, path, object)) {
            FieldPath at = path.field(field.name());
            String goField = "GroupResources.rules.resources." + field.name();
            switch (field.name()) {
                case "group" -> group = string(field.value(), at, new ExpectedType("a string", goField, "string"));
                case "resources" -> resources = strings(field.value(), at, goField, "string");
                case "resourceNames" -> resourceNames = strings(field.value(), at, goField, "string");
                default -> unknown(field, at, RESOURCES_FIELDS, enclosing);
            }
        }
        return new DecodedResources(group, resources, resourceNames);
    }

    private List<Tree.Field> element(Tree tree, FieldPath path, ExpectedType expected) {
        if (tree instanceof Tree.Null) {
            findings.add(new Finding.NullElement(path, tree));
        }
        return fields(tree, path, expected);
    }

    private List<Tree.Field> fields(Tree tree, FieldPath path, ExpectedType expected) {
        return switch (tree) {
            case Tree.Fields object -> object.fields();
            case Tree.Null absent -> List.of();
            case Tree.Text _, Tree.NumberValue _, Tree.Bool _, Tree.Items _ -> wrong(path, tree, expected, List.of());
        };
    }

    private List<Tree> items(Tree tree, FieldPath path, ExpectedType expected) {
        return switch (tree) {
            case Tree.Items list -> list.items();
            case Tree.Null absent -> List.of();
            case Tree.Text _, Tree.NumberValue _, Tree.Bool _, Tree.Fields _ -> wrong(path, tree, expected, List.of());
        };
    }

    private List<String> strings(Tree tree, FieldPath path, String goField, String goType) {
        ExpectedType element = new ExpectedType("a string", goField, goType);
        List<String> strings = new ArrayList<>();
        for (Tree item : items(tree, path, new ExpectedType("a list of strings", goField, "[]" + goType))) {
            FieldPath at = path.index(strings.size());
            if (item instanceof Tree.Null) {
                findings.add(new Finding.NullElement(at, item));
            }
            strings.add(string(item, at, element));
        }
        return strings;
    }

    private String string(Tree tree, FieldPath path, ExpectedType expected) {
        return switch (tree) {
            case Tree.Text text -> text.value();
            case Tree.Null absent -> "";
            case Tree.NumberValue _, Tree.Bool _, Tree.Items _, Tree.Fields _ -> wrong(path, tree, expected, "");
        };
    }

    private Boolean bool(Tree tree, FieldPath path, String goField) {
        return switch (tree) {
            case Tree.Bool bool -> bool.value();
            case Tree.Null absent -> null;
            case Tree.Text _, Tree.NumberValue _, Tree.Items _, Tree.Fields _ ->
                wrong(path, tree, new ExpectedType("true or false", goField, "bool"), null);
        };
    }

    private <T> T wrong(FieldPath path, Tree value, ExpectedType expected, T instead) {
        findings.add(new Finding.WrongType(path, value, expected));
        return instead;
    }

    private void unknown(Tree.Field field, FieldPath path, List<String> known, List<Owner> enclosing) {
        findings.add(new Finding.UnknownField(path, field.name(), field.value(), known, enclosing));
    }

    private static List<Owner> plus(Owner nearest, List<Owner> others) {
        List<Owner> owners = new ArrayList<>(others);
        owners.addFirst(nearest);
        return owners;
    }
}
