package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.decode.ObjectType.Owner;
import dev.auditpolicy.policy.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/** Decodes audit policies as Go's decoder does: fields in the document's order, of equal names the last one counts. */
public final class PolicyDecoder {

    private static final List<String> POLICY_FIELDS = List.of("omitStages", "omitManagedFields", "rules");

    private static final List<String> FILE_FIELDS =
            List.of("apiVersion", "kind", "metadata", "omitStages", "omitManagedFields", "rules");

    private static final List<String> RULE_FIELDS = List.of(
            "level",
            "users",
            "userGroups",
            "verbs",
            "resources",
            "namespaces",
            "nonResourceURLs",
            "omitStages",
            "omitManagedFields");

    private static final List<String> RESOURCES_FIELDS = List.of("group", "resources", "resourceNames");

    private final ValueDecoder shapes = new ValueDecoder();

    /** What did not fit, in the order of the document. */
    public List<DecodeFinding> findings() {
        return shapes.findings();
    }

    /** Decodes an object that has the fields of a Policy except type and metadata. */
    public DecodedPolicy policy(Tree tree, FieldPath path) {
        return policy(tree, path, POLICY_FIELDS);
    }

    /** Decodes a whole Policy. Its metadata has no effect, but it has a shape. */
    public DecodedPolicy file(Tree tree, FieldPath path) {
        return policy(tree, path, FILE_FIELDS);
    }

    private DecodedPolicy policy(Tree tree, FieldPath path, List<String> fields) {
        ObjectType type =
                new ObjectType(new ExpectedType("an object with rules", "Policy", "v1.Policy"), fields, List.of());
        List<String> omitStages = List.of();
        Boolean omitManagedFields = null;
        List<DecodedRule> rules = List.of();
        for (Tree.Field field : shapes.fields(tree, path, type)) {
            FieldPath at = path.field(field.name());
            String goField = "Policy." + field.name();
            switch (fields.contains(field.name()) ? field.name() : "") {
                case "apiVersion", "kind" ->
                    shapes.string(field.value(), at, new ExpectedType("a string", goField, "string"));
                case "metadata" -> new MetadataDecoder(shapes).decode(field.value(), at);
                case "omitStages" -> omitStages = shapes.strings(field.value(), at, goField, "v1.Stage");
                case "omitManagedFields" -> omitManagedFields = shapes.bool(field.value(), at, goField);
                case "rules" -> rules = rules(field.value(), at, type.enclosingInside(path));
                default -> shapes.unknown(field, at, type);
            }
        }
        return new DecodedPolicy(omitStages, omitManagedFields, rules);
    }

    private List<DecodedRule> rules(Tree tree, FieldPath path, List<Owner> enclosing) {
        ExpectedType list = new ExpectedType("a list of rules", "Policy.rules", "[]v1.PolicyRule");
        ObjectType type = new ObjectType(
                new ExpectedType("an object with a level", "Policy.rules", "v1.PolicyRule"), RULE_FIELDS, enclosing);
        List<DecodedRule> rules = new ArrayList<>();
        for (Tree item : shapes.items(tree, path, list)) {
            rules.add(rule(item, path.index(rules.size()), type));
        }
        return rules;
    }

    private DecodedRule rule(Tree tree, FieldPath path, ObjectType type) {
        String level = "";
        List<String> users = List.of();
        List<String> userGroups = List.of();
        List<String> verbs = List.of();
        List<DecodedResources> resources = List.of();
        List<String> namespaces = List.of();
        List<String> nonResourceURLs = List.of();
        List<String> omitStages = List.of();
        Boolean omitManagedFields = null;
        for (Tree.Field field : shapes.fields(tree, path, type)) {
            FieldPath at = path.field(field.name());
            Tree value = field.value();
            String goField = "PolicyRule.rules." + field.name();
            switch (field.name()) {
                case "level" -> level = shapes.string(value, at, new ExpectedType("a string", goField, "v1.Level"));
                case "users" -> users = shapes.strings(value, at, goField, "string");
                case "userGroups" -> userGroups = shapes.strings(value, at, goField, "string");
                case "verbs" -> verbs = shapes.strings(value, at, goField, "string");
                case "resources" -> resources = resources(value, at, type.enclosingInside(path));
                case "namespaces" -> namespaces = shapes.strings(value, at, goField, "string");
                case "nonResourceURLs" -> nonResourceURLs = shapes.strings(value, at, goField, "string");
                case "omitStages" -> omitStages = shapes.strings(value, at, goField, "v1.Stage");
                case "omitManagedFields" -> omitManagedFields = shapes.bool(value, at, goField);
                default -> shapes.unknown(field, at, type);
            }
        }
        return new DecodedRule(
                level, users, userGroups, verbs, resources, namespaces, nonResourceURLs, omitStages, omitManagedFields);
    }

    private List<DecodedResources> resources(Tree tree, FieldPath path, List<Owner> enclosing) {
        String goField = "PolicyRule.rules.resources";
        ExpectedType list = new ExpectedType("a list of objects with a group", goField, "[]v1.GroupResources");
        ObjectType type = new ObjectType(
                new ExpectedType("an object with a group", goField, "v1.GroupResources"), RESOURCES_FIELDS, enclosing);
        List<DecodedResources> resources = new ArrayList<>();
        for (Tree item : shapes.items(tree, path, list)) {
            resources.add(groupResources(item, path.index(resources.size()), type));
        }
        return resources;
    }

    private DecodedResources groupResources(Tree tree, FieldPath path, ObjectType type) {
        String group = "";
        List<String> resources = List.of();
        List<String> resourceNames = List.of();
        for (Tree.Field field : shapes.fields(tree, path, type)) {
            FieldPath at = path.field(field.name());
            Tree value = field.value();
            String goField = "GroupResources.rules.resources." + field.name();
            switch (field.name()) {
                case "group" -> group = shapes.string(value, at, new ExpectedType("a string", goField, "string"));
                case "resources" -> resources = shapes.strings(value, at, goField, "string");
                case "resourceNames" -> resourceNames = shapes.strings(value, at, goField, "string");
                default -> shapes.unknown(field, at, type);
            }
        }
        return new DecodedResources(group, resources, resourceNames);
    }
}
