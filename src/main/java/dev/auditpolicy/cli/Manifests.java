package dev.auditpolicy.cli;

import dev.auditpolicy.policy.read.TextKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The documents of an input. Several documents that include an AuditPolicy or a kind other than Policy are a stream of
 * manifests, such as the output of {@code kustomize build}. Anything else is one policy file, read as kube-apiserver would,
 * unless it is an object that contains policies, such as a ConfigMap.
 */
final class Manifests {

    private static final Pattern SEPARATOR = Pattern.compile("---([ \\t].*)?");
    private static final Pattern KIND = Pattern.compile("(?m)^[\"']?kind[\"']?\\s*:");

    private final Input input;
    private final List<Part> parts;

    /**
     * One document.
     *
     * @param line number of lines before it
     */
    private record Part(int line, String text, TextKind kind) {

        static Part of(int line, List<String> lines) {
            String text = String.join("\n", lines) + "\n";
            return new Part(line, text, kindOf(text));
        }

        /** Keeps the line numbers of the whole input. */
        Input toInput(Input whole) {
            return new Input(
                    whole.name(),
                    ("\n".repeat(line) + text).getBytes(StandardCharsets.UTF_8),
                    whole.readAt(),
                    null,
                    false);
        }
    }

    private Manifests(Input input, List<Part> parts) {
        this.input = input;
        this.parts = parts;
    }

    static Manifests of(Input input) {
        List<String> lines =
                new String(input.content(), StandardCharsets.UTF_8).lines().toList();
        List<Part> parts = new ArrayList<>();
        int start = 0;
        for (int line = 1; line <= lines.size(); line++) {
            if (line == lines.size() || SEPARATOR.matcher(lines.get(line)).matches()) {
                parts.add(Part.of(start, lines.subList(start, line)));
                start = line;
            }
        }
        parts.removeIf(part -> part.kind() == TextKind.EMPTY);
        return new Manifests(input, parts);
    }

    /** Parses only documents that can contain a policy: a stream can have thousands of other objects. */
    private static TextKind kindOf(String text) {
        return KIND.matcher(text).find() && !PolicyTexts.canContainAPolicy(text)
                ? TextKind.OTHER_OBJECT
                : TextKind.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isStream() {
        return parts.size() > 1
                && parts.stream()
                        .anyMatch(part -> part.kind() == TextKind.AUDIT_POLICY || part.kind() == TextKind.OTHER_OBJECT);
    }

    /** The documents, with the line numbers of the whole input. */
    List<Input> documents() {
        return parts.stream().map(part -> part.toInput(input)).toList();
    }

    /** The number of documents, without empty ones. */
    int count() {
        return parts.size();
    }

    /** The policies of a stream or of an object that contains some, or else the whole input. */
    List<Input> policies() {
        if (isStream()) {
            return policiesOfParts();
        }
        List<Input> contained = parts.stream()
                .filter(part -> part.kind() == TextKind.OTHER_OBJECT)
                .flatMap(part -> contained(part))
                .toList();
        return contained.isEmpty() ? List.of(input) : contained;
    }

    /** The same, but empty if nothing is a policy or was meant as one. */
    List<Input> policiesIfAny() {
        List<Input> policies = policiesOfParts();
        return isStream() || policies.isEmpty() || parts.getFirst().kind() == TextKind.OTHER_OBJECT
                ? policies
                : List.of(input);
    }

    /** The documents of which nobody can tell what they are, because they cannot be parsed. */
    List<Input> unreadable() {
        return parts.stream()
                .filter(part -> part.kind() == TextKind.UNKNOWN && !PolicyTexts.isMeantAsPolicy(part.text()))
                .map(part -> part.toInput(input))
                .filter(document -> document.text().isEmpty())
                .toList();
    }

    private List<Input> policiesOfParts() {
        return parts.stream()
                .flatMap(part -> switch (part.kind()) {
                    case AUDIT_POLICY, POLICY -> Stream.of(part.toInput(input));
                    case OTHER_OBJECT -> contained(part);
                    case UNKNOWN ->
                        PolicyTexts.isMeantAsPolicy(part.text()) ? Stream.of(part.toInput(input)) : Stream.empty();
                    case EMPTY -> Stream.empty();
                })
                .toList();
    }

    private Stream<Input> contained(Part part) {
        return PolicyTexts.canContainAPolicy(part.text())
                ? ContainedPolicies.of(part.toInput(input)).stream()
                : Stream.empty();
    }
}
