package dev.auditpolicy.cli;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyFileReading;
import dev.auditpolicy.policy.PolicyTextReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A text in which a policy is looked for: a policy file, an AuditPolicy, or a stream of manifests with AuditPolicies among
 * them.
 */
record PolicySource(Input input) {

    private static final Pattern AUDIT_POLICY = Pattern.compile("(?m)^[\"']?kind[\"']?:\\s*[\"']?AuditPolicy\\b");
    private static final Pattern DOCUMENT = Pattern.compile("---([ \\t].*)?");

    /**
     * The texts with one policy each: the documents that are AuditPolicies, or the text as it is. Lines keep their
     * numbers.
     */
    List<Input> policies() {
        String text = new String(input.content(), StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        int[] starts = IntStream.range(0, lines.size())
                .filter(line -> line == 0 || DOCUMENT.matcher(lines.get(line)).matches())
                .toArray();
        if (starts.length < 2 || !AUDIT_POLICY.matcher(text).find()) {
            return List.of(input);
        }
        return IntStream.range(0, starts.length)
                .mapToObj(index ->
                        document(lines, starts[index], index + 1 < starts.length ? starts[index + 1] : lines.size()))
                .filter(document -> AUDIT_POLICY.matcher(document).find())
                .map(document -> new Input(input.name(), document.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static String document(List<String> lines, int from, int to) {
        String content = String.join("\n", lines.subList(from, to)) + "\n";
        return "\n".repeat(from) + content;
    }

    static PolicyFileReading read(Input policy, KubernetesVersion version) {
        return new PolicyTextReader(version).read(policy.content());
    }

    static Stream<Input> policies(List<Input> inputs) {
        return inputs.stream().flatMap(input -> new PolicySource(input).policies().stream());
    }
}
