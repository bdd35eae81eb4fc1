package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.decode.ObjectType.Owner;
import dev.auditpolicy.policy.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/** Decodes audit policies like Go's decoder: fields in document order, and the last of several equal ones wins. */
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

    private final ValueDecoder decoder = new ValueDecoder();

    /** The mismatches with the schema, in document order. */
    public List<DecodeFinding> findings() {
        return decoder.findings();
    }

    /** Decodes an object with the fields of a Policy except apiVersion, kind and metadata. */
    public DecodedPolicy policy(Tree tree, FieldPath path) {
        return policy(tree, path, POLICY_FIELDS);
    }

    /** Decodes a whole Policy. Its metadata has no effect, but its schema is checked. */
    public DecodedPolicy file(Tree tree, FieldPath path) {
        return policy(tree, path, FILE_FIELDS);
    }

    private DecodedPolicy policy(Tree tree, FieldPath path, List<String> fields) {
        ObjectType type =
                new ObjectType(ExpectedType.other("an object with rules", "Policy", "v1.Policy"), fields, List.of());
        List<String> omitStages = List.of();
        Boolean omitManagedFields = null;
        List<DecodedRule> rules = List.of();
        for (Tree.Field field : decoder.fields(tree, path, type)) {
            FieldPath at = path.field(field.name());
            String goField = "Policy." + field.name();
            switch (fields.contains(field.name()) ? field.name() : "") {
                case "apiVersion", "kind" -> decoder.string(field.value(), at, ExpectedType.string(goField, "string"));
                case "metadata" -> new MetadataDecoder(decoder).decode(field.value(), at);
                case "omitStages" -> omitStages = decoder.strings(field.value(), at, goField, "v1.Stage");
                case "omitManagedFields" -> omitManagedFields = decoder.bool(field.value(), at, goField);
                case "rules" -> rules = rules(field.value(), at, type.enclosingChildren(path));
                default -> decoder.unknownField(field, at, type);
            }
        }
        return new DecodedPolicy(omitStages, omitManagedFields, rules);
    }

    private List<DecodedRule> rules(Tree tree, FieldPath path, List<Owner> enclosing) {
        ExpectedType list = ExpectedType.objects("a list of rules", "Policy.rules", "v1.PolicyRule");
        ObjectType type = new ObjectType(
                ExpectedType.other("an object with a level", "Policy.rules", "v1.PolicyRule"), RULE_FIELDS, enclosing);
        var rules = new ArrayList<DecodedRule>();
        for (Tree item : decoder.items(tree, path, list)) {
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
        for (Tree.Field field : decoder.fields(tree, path, type)) {
            FieldPath at = path.field(field.name());
            Tree value = field.value();
            String goField = "PolicyRule.rules." + field.name();
            switch (field.name()) {
                case "level" -> level = decoder.string(value, at, ExpectedType.string(goField, "v1.Level"));
                case "users" -> users = decoder.strings(value, at, goField, "string");
                case "userGroups" -> userGroups = decoder.strings(value, at, goField, "string");
                case "verbs" -> verbs = decoder.strings(value, at, goField, "string");
                case "resources" -> resources = resources(value, at, type.enclosingChildren(path));
                case "namespaces" -> namespaces = decoder.strings(value, at, goField, "string");
                case "nonResourceURLs" -> nonResourceURLs = decoder.strings(value, at, goField, "string");
                case "omitStages" -> omitStages = decoder.strings(value, at, goField, "v1.Stage");
                case "omitManagedFields" -> omitManagedFields = decoder.bool(value, at, goField);
                default -> decoder.unknownField(field, at, type);
            }
        }
        return new DecodedRule(
                level, users, userGroups, verbs, resources, namespaces, nonResourceURLs, omitStages, omitManagedFields);
    }

    private List<DecodedResources> resources(Tree tree, FieldPath path, List<Owner> enclosing) {
        String goField = "PolicyRule.rules.resources";
        ExpectedType list = ExpectedType.objects("a list of objects with a group", goField, "v1.GroupResources");
        ObjectType type = new ObjectType(
                ExpectedType.other("an object with a group", goField, "v1.GroupResources"),
                RESOURCES_FIELDS,
                enclosing);
        var resources = new ArrayList<DecodedResources>();
        for (Tree item : decoder.items(tree, path, list)) {
            resources.add(groupResources(item, path.index(resources.size()), type));
        }
        return resources;
    }

    private DecodedResources groupResources(Tree tree, FieldPath path, ObjectType type) {
        String group = "";
        List<String> resources = List.of();
        List<String> resourceNames = List.of();
        for (Tree.Field field : decoder.fields(tree, path, type)) {
            FieldPath at = path.field(field.name());
            Tree value = field.value();
            String goField = "GroupResources.rules.resources." + field.name();
            switch (field.name()) {
                case "group" -> group = decoder.string(value, at, ExpectedType.string(goField, "string"));
                case "resources" -> resources = decoder.strings(value, at, goField, "string");
                case "resourceNames" -> resourceNames = decoder.strings(value, at, goField, "string");
                default -> decoder.unknownField(field, at, type);
            }
        }
        return new DecodedResources(group, resources, resourceNames);
    }
}
