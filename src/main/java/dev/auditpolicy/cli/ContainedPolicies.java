package dev.auditpolicy.cli;

import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.policy.read.TextKind;
import dev.auditpolicy.policy.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The policies in an object of another kind: in the keys of a ConfigMap or a Secret, in an AuditNode, or among the items of a
 * list, such as the output of {@code kubectl get configmap -o yaml}.
 */
final class ContainedPolicies {

    private final Input input;

    private ContainedPolicies(Input input) {
        this.input = input;
    }

    static List<Input> of(Input input) {
        return input.text().stream()
                .flatMap(text -> new ContainedPolicies(input).in(text))
                .toList();
    }

    private Stream<Input> in(PolicyText object) {
        if (object.typeName().isEmpty()) {
            return Stream.empty();
        }
        String kind = object.typeName().replaceFirst(".* ", "");
        return switch (kind) {
            case "ConfigMap" ->
                Stream.concat(
                        values(object, "data", Optional::of), values(object, "binaryData", ContainedPolicies::decoded));
            case "Secret" ->
                Stream.concat(
                        values(object, "stringData", Optional::of), values(object, "data", ContainedPolicies::decoded));
            case "AuditNode" ->
                object.root().field("spec").flatMap(spec -> spec.field("policy")).stream()
                        .flatMap(policy -> value("spec.policy", policy, Optional::of).stream());
            default -> kind.endsWith("List") ? items(object) : Stream.empty();
        };
    }

    private Stream<Input> items(PolicyText list) {
        int count = list.root().field("items").orElse(list.root()) instanceof Tree.Items items
                ? items.items().size()
                : 0;
        return IntStream.range(0, count)
                .mapToObj(index -> list.at("items[" + index + "]"))
                .flatMap(item -> item.kind() == TextKind.AUDIT_POLICY || item.kind() == TextKind.POLICY
                        ? Stream.of(new Input(input.name(), input.content(), input.readAt(), item, false))
                        : in(item));
    }

    private Stream<Input> values(PolicyText object, String field, Decoder decoder) {
        return object.root().field(field).orElse(object.root()) instanceof Tree.Fields data
                        && object.root().field(field).isPresent()
                ? data.fields().stream()
                        .flatMap(entry -> value(field + "." + entry.name(), entry.value(), decoder).stream())
                : Stream.empty();
    }

    /** Reads the text of a value. */
    private interface Decoder {
        Optional<String> text(String value);
    }

    private Optional<Input> value(String path, Tree value, Decoder decoder) {
        return value instanceof Tree.Text text
                ? decoder.text(text.value())
                        .filter(ContainedPolicies::isPolicy)
                        .map(policy -> ContainedText.in(input, path, text, policy))
                : Optional.empty();
    }

    private static Optional<String> decoded(String base64) {
        try {
            byte[] content = Base64.getMimeDecoder().decode(base64);
            return Optional.of(new String(content, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isPolicy(String text) {
        return switch (TextKind.of(text.getBytes(StandardCharsets.UTF_8))) {
            case AUDIT_POLICY, POLICY -> true;
            case UNKNOWN -> PolicyTexts.isMeantAsPolicy(text);
            case OTHER_OBJECT, EMPTY -> false;
        };
    }
}
