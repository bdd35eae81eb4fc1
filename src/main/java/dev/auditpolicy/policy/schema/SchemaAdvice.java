package dev.auditpolicy.policy.schema;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.Quoted;
import dev.auditpolicy.policy.tree.Excerpt;
import dev.auditpolicy.policy.tree.Tree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Describes what the API server would reject, and what to write instead. */
final class SchemaAdvice {

    /** Our rules end with what to do, after a colon; a colon within YAML is followed by a bracket or the like. */
    private static final Pattern MESSAGE = Pattern.compile("(.+): ([a-z].*)");

    private static final Pattern LIST_OF_A_RULE = Pattern.compile("spec\\.policy\\.rules\\[\\d+\\]\\.(\\w+)");

    private static final FieldPath SPEC = new FieldPath("spec");

    private final Schema root;

    SchemaAdvice(Schema root) {
        this.root = root;
    }

    PolicyProblem unknownField(FieldPath parent, Tree.Field field, Schema schema) {
        List<String> known = schema.properties().keySet().stream().sorted().toList();
        String remedy = FieldSearch.of(root.properties().get("spec"), SPEC, field.name())
                .filter(owner -> !owner.equals(parent))
                .map(owner -> "this is a field of " + owner + ": move it there")
                .or(() -> Nearest.to(field.name(), known).map(nearest -> "did you mean " + Quoted.go(nearest) + "?"))
                .orElse("remove it; the fields here are " + String.join(", ", known));
        return new PolicyProblem(parent.field(field.name()).text(), Excerpt.of(field.value()), "unknown field", remedy);
    }

    PolicyProblem wrongType(FieldPath path, Schema.Type type, Tree value) {
        String remedy =
                switch (value) {
                    case Tree.Text text
                    when type == Schema.Type.BOOLEAN && isBoolean(text) -> "write it without quotes: " + text.value();
                    case Tree.Text text
                    when isNumber(text) && (type == Schema.Type.INTEGER || type == Schema.Type.NUMBER) ->
                        "write it without quotes: " + text.value();
                    case Tree.Text text
                    when type == Schema.Type.ARRAY -> "write it as a list: [" + Quoted.go(text.value()) + "]";
                    case Tree.Numeral _, Tree.Bool _ when type == Schema.Type.STRING -> "put it in quotes";
                    case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Items _, Tree.Fields _, Tree.Null _ ->
                        "write " + type.description();
                };
        return problem(path, value, "expected " + type.description() + ", found " + Excerpt.describe(value), remedy);
    }

    PolicyProblem missing(FieldPath path, Schema parent) {
        String name = path.steps().getLast();
        Schema property = parent.properties().get(name);
        String description = property == null ? "" : property.description().replaceFirst("(?s)\\. .*", "");
        return new PolicyProblem(
                path.text(), "", "Required value", "add " + name + (description.isEmpty() ? "" : ": " + description));
    }

    PolicyProblem choice(FieldPath path, Tree.Text value, List<String> choices) {
        String supported = choices.stream().map(Quoted::go).collect(Collectors.joining(", "));
        return problem(
                path,
                value,
                "Unsupported value: " + Excerpt.of(value) + ": supported values: " + supported,
                choices.stream()
                        .filter(choice -> choice.equalsIgnoreCase(value.value()))
                        .findFirst()
                        .map(choice -> "write " + Quoted.go(choice) + ": the value is case-sensitive")
                        .or(() -> Nearest.to(value.value(), choices)
                                .map(nearest -> "did you mean " + Quoted.go(nearest) + "?"))
                        .orElse("write one of the supported values"));
    }

    PolicyProblem pattern(FieldPath path, Tree.Text value, String pattern) {
        String lowerCase = value.value().toLowerCase(Locale.ROOT);
        return problem(
                path,
                value,
                "Invalid value: " + Excerpt.of(value) + ": must match " + pattern,
                Pattern.compile(pattern).matcher(lowerCase).find()
                        ? "write " + Quoted.go(lowerCase)
                        : "see " + explain(path));
    }

    PolicyProblem range(FieldPath path, Tree value, Schema.Limits limits) {
        String range = limits.minimum().map(BigDecimal::toPlainString).orElse("any number") + " to "
                + limits.maximum().map(BigDecimal::toPlainString).orElse("any number");
        return problem(
                path, value, "Invalid value: " + Excerpt.of(value) + ": out of range", "write a number from " + range);
    }

    PolicyProblem size(FieldPath path, Schema schema, int size) {
        boolean tooLarge = schema.limits().maxSize().stream().anyMatch(limit -> size > limit);
        String unit = schema.type() == Schema.Type.ARRAY ? " items" : " characters";
        int limit = (tooLarge ? schema.limits().maxSize() : schema.limits().minSize()).orElse(size);
        String message = (tooLarge ? "too long: " : "too short: ") + size + unit + ": must have at "
                + (tooLarge ? "most " : "least ") + limit;
        return new PolicyProblem(path.text(), "", message, sizeRemedy(path, schema.type(), tooLarge));
    }

    private static String sizeRemedy(FieldPath path, Schema.Type type, boolean tooLarge) {
        if (!tooLarge) {
            return type == Schema.Type.ARRAY ? "add at least one item" : "write a value";
        }
        Matcher ofRule = LIST_OF_A_RULE.matcher(path.text());
        if (ofRule.matches() && ofRule.group(1).equals("omitStages")) {
            return "remove the repeated stages";
        }
        return ofRule.matches() && type == Schema.Type.ARRAY
                ? "divide the list among several rules that follow each other and are equal otherwise"
                : "shorten it";
    }

    static PolicyProblem rule(FieldPath path, String message, Tree value) {
        Matcher parts = MESSAGE.matcher(message);
        String subject = value instanceof Tree.Text ? "Invalid value: " + Excerpt.of(value) + ": " : "";
        return parts.matches()
                ? new PolicyProblem(path.text(), Excerpt.of(value), subject + parts.group(1), parts.group(2))
                : new PolicyProblem(path.text(), Excerpt.of(value), subject + message, "see " + explain(path));
    }

    private static PolicyProblem problem(FieldPath path, Tree value, String message, String remedy) {
        return new PolicyProblem(path.text(), Excerpt.of(value), message, remedy);
    }

    private static String explain(FieldPath path) {
        return "kubectl explain auditpolicy." + path.text().replaceAll("\\[\\d+\\]", "");
    }

    private static boolean isBoolean(Tree.Text text) {
        return text.value().equals("true") || text.value().equals("false");
    }

    private static boolean isNumber(Tree.Text text) {
        return text.value().matches("-?\\d{1,18}");
    }
}
