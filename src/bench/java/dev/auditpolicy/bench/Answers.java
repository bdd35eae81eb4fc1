package dev.auditpolicy.bench;

import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.compiled.CompiledPolicy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the decisions, to compare them with upstream. */
public final class Answers {

    private Answers() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        BenchFiles files = BenchFiles.fromEnvironment();
        List<RequestAttributes> requests = files.attributes();
        for (String name : files.policyNames()) {
            CompiledPolicy policy = new CompiledPolicy(files.policy(name));
            for (int index = 0; index < requests.size(); index++) {
                Evaluation evaluation = policy.evaluate(requests.get(index));
                String stages = evaluation.omitStages().stream()
                        .map(Names::of)
                        .sorted()
                        .collect(Collectors.joining(",", "[", "]"));
                System.out.printf(
                        "answer %s %d %s %s %b%n",
                        name, index, Names.of(evaluation.level()), stages, evaluation.omitManagedFields());
            }
        }
    }
}
