package dev.auditpolicy.cli;

import dev.auditpolicy.policy.read.TextKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The documents of a text. Where other objects of Kubernetes or an AuditPolicy are among several, it is a stream of
 * manifests such as {@code kustomize build} writes; everything else is one text, which kube-apiserver would read itself.
 */
final class Manifests {

    private static final Pattern SEPARATOR = Pattern.compile("---([ \\t].*)?");
    private static final Pattern OUR_GROUPS = Pattern.compile("audit\\.k8s\\.io|auditpolicy\\.dev");
    private static final Pattern OBJECT = Pattern.compile("(?m)^[\"']?kind[\"']?\\s*:");
    private static final Pattern OUR_OBJECT =
            Pattern.compile("(?m)^[\"']?kind[\"']?\\s*:\\s*[\"']?(AuditPolicy|Policy)\\b");

    private final Input input;
    private final List<Part> parts;

    /**
     * A document.
     *
     * @param line lines before it
     */
    private record Part(int line, String text, TextKind kind) {

        static Part of(int line, List<String> lines) {
            String text = String.join("\n", lines) + "\n";
            return new Part(line, text, kindOf(text));
        }

        boolean isOurs() {
            return kind == TextKind.AUDIT_POLICY
                    || kind == TextKind.POLICY
                    || (kind == TextKind.UNKNOWN
                            && OUR_GROUPS.matcher(text).find()
                            && OUR_OBJECT.matcher(text).find());
        }

        /** Lines keep their numbers. */
        Input in(Input whole) {
            return new Input(whole.name(), ("\n".repeat(line) + text).getBytes(StandardCharsets.UTF_8));
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

    /** Parsing is only for what can be a policy: a stream can have thousands of others. */
    private static TextKind kindOf(String text) {
        return OBJECT.matcher(text).find() && !OUR_GROUPS.matcher(text).find()
                ? TextKind.OTHER_OBJECT
                : TextKind.of(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isStream() {
        return parts.size() > 1
                && parts.stream()
                        .anyMatch(part -> part.kind() == TextKind.AUDIT_POLICY || part.kind() == TextKind.OTHER_OBJECT);
    }

    /** How many documents are not nothing but comments. */
    int count() {
        return parts.size();
    }

    /** The policies of a stream, or the text as it is. */
    List<Input> policies() {
        return isStream()
                ? parts.stream()
                        .filter(Part::isOurs)
                        .map(part -> part.in(input))
                        .toList()
                : List.of(input);
    }

    /** The same, but without a text that does not say that it is a policy. */
    List<Input> policiesIfAny() {
        return parts.stream().anyMatch(Part::isOurs) ? policies() : List.of();
    }
}
