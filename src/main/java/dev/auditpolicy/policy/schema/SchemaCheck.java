package dev.auditpolicy.policy.schema;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.tree.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares a value with a schema. Reports what the API server rejects, and unknown fields, which it drops for clients that do
 * not ask for strict validation. Like the API server, it takes a null for an absent field, and tries the CEL rules of a value
 * only if its types are right.
 */
final class SchemaCheck {

    private final SchemaAdvice advice;
    private final List<PolicyProblem> problems = new ArrayList<>();

    SchemaCheck(Schema root) {
        advice = new SchemaAdvice(root);
    }

    List<PolicyProblem> problems() {
        return List.copyOf(problems);
    }

    void check(Schema schema, Tree value, FieldPath path) {
        int before = problems.size();
        if (!hasType(schema.type(), value)) {
            problems.add(advice.wrongType(path, schema.type(), value));
            return;
        }
        switch (value) {
            case Tree.Fields object -> object(schema, object, path);
            case Tree.Items list -> list(schema, list, path);
            case Tree.Text text -> text(schema, text, path);
            case Tree.Numeral number -> number(schema, number, path);
            case Tree.Bool _, Tree.Null _ -> {}
        }
        if (problems.size() == before) {
            rules(schema, value, path);
        }
    }

    private void object(Schema schema, Tree.Fields object, FieldPath path) {
        for (Tree.Field field : object.fields()) {
            Schema property = schema.properties().get(field.name());
            if (property == null) {
                problems.add(advice.unknownField(path, field, schema));
            } else if (!(field.value() instanceof Tree.Null)) {
                check(property, field.value(), path.field(field.name()));
            }
        }
        for (String name : schema.required()) {
            if (object.field(name).isEmpty()) {
                problems.add(advice.missing(path.field(name), schema));
            }
        }
    }

    private void list(Schema schema, Tree.Items list, FieldPath path) {
        size(schema, list.items().size(), path);
        schema.items().ifPresent(element -> {
            for (int index = 0; index < list.items().size(); index++) {
                check(element, list.items().get(index), path.index(index));
            }
        });
    }

    private void text(Schema schema, Tree.Text text, FieldPath path) {
        if (!schema.choices().isEmpty() && !schema.choices().contains(text.value())) {
            problems.add(advice.choice(path, text, schema.choices()));
        }
        size(schema, text.value().codePointCount(0, text.value().length()), path);
        schema.limits()
                .pattern()
                .filter(pattern ->
                        !Pattern.compile(pattern).matcher(text.value()).find())
                .ifPresent(pattern -> problems.add(advice.pattern(path, text, pattern)));
    }

    private void number(Schema schema, Tree.Numeral number, FieldPath path) {
        BigDecimal value = new BigDecimal(number.literal());
        boolean tooSmall = schema.limits().minimum().stream().anyMatch(limit -> value.compareTo(limit) < 0);
        boolean tooLarge = schema.limits().maximum().stream().anyMatch(limit -> value.compareTo(limit) > 0);
        if (tooSmall || tooLarge) {
            problems.add(advice.range(path, number, schema.limits()));
        }
    }

    private void size(Schema schema, int size, FieldPath path) {
        boolean tooSmall = schema.limits().minSize().stream().anyMatch(limit -> size < limit);
        boolean tooLarge = schema.limits().maxSize().stream().anyMatch(limit -> size > limit);
        if (tooSmall || tooLarge) {
            problems.add(advice.size(path, schema, size));
        }
    }

    private void rules(Schema schema, Tree value, FieldPath path) {
        for (SchemaRule rule : schema.rules()) {
            if (!CelRules.holds(rule, value)) {
                FieldPath field = new FieldPath(path.text() + rule.fieldPath());
                problems.add(SchemaAdvice.rule(field, CelRules.message(rule, value), value));
            }
        }
    }

    private static boolean hasType(Schema.Type type, Tree value) {
        return switch (type) {
            case OBJECT -> value instanceof Tree.Fields;
            case ARRAY -> value instanceof Tree.Items;
            case STRING -> value instanceof Tree.Text;
            case NUMBER -> value instanceof Tree.Numeral;
            case INTEGER -> value instanceof Tree.Numeral number && isWhole(number);
            case BOOLEAN -> value instanceof Tree.Bool;
        };
    }

    private static boolean isWhole(Tree.Numeral number) {
        return new BigDecimal(number.literal()).stripTrailingZeros().scale() <= 0;
    }
}
