package dev.auditpolicy.cli;

import dev.auditpolicy.policy.read.TextKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The documents of an input. Several documents that include an AuditPolicy or a kind other than Policy are a stream of
 * manifests, such as the output of {@code kustomize build}. Anything else is one policy file, read as kube-apiserver would.
 */
final class Manifests {

    private static final Pattern SEPARATOR = Pattern.compile("---([ \\t].*)?");
    private static final Pattern POLICY_GROUPS = Pattern.compile("audit\\.k8s\\.io|auditpolicy\\.dev");
    private static final Pattern KIND = Pattern.compile("(?m)^[\"']?kind[\"']?\\s*:");
    private static final Pattern POLICY_KIND =
            Pattern.compile("(?m)^[\"']?kind[\"']?\\s*:\\s*[\"']?(AuditPolicy|Policy)\\b");

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

        boolean isPolicy() {
            return kind == TextKind.AUDIT_POLICY
                    || kind == TextKind.POLICY
                    || (kind == TextKind.UNKNOWN
                            && POLICY_GROUPS.matcher(text).find()
                            && POLICY_KIND.matcher(text).find());
        }

        /** Keeps the line numbers of the whole input. */
        Input toInput(String name) {
            return new Input(name, ("\n".repeat(line) + text).getBytes(StandardCharsets.UTF_8));
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

    /** Parses only documents that can be a policy: a stream can have thousands of other objects. */
    private static TextKind kindOf(String text) {
        return KIND.matcher(text).find() && !POLICY_GROUPS.matcher(text).find()
                ? TextKind.OTHER_OBJECT
                : TextKind.of(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isStream() {
        return parts.size() > 1
                && parts.stream()
                        .anyMatch(part -> part.kind() == TextKind.AUDIT_POLICY || part.kind() == TextKind.OTHER_OBJECT);
    }

    /** The number of documents, without empty ones. */
    int count() {
        return parts.size();
    }

    /** The policies of a stream, or else the whole input. */
    List<Input> policies() {
        return isStream()
                ? parts.stream()
                        .filter(Part::isPolicy)
                        .map(part -> part.toInput(input.name()))
                        .toList()
                : List.of(input);
    }

    /** The same, but empty if no document has the kind of a policy. */
    List<Input> policiesIfAny() {
        return parts.stream().anyMatch(Part::isPolicy) ? policies() : List.of();
    }
}
