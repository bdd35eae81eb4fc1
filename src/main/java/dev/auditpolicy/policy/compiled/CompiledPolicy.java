package dev.auditpolicy.policy.compiled;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A policy made ready to decide about many requests: the answers of {@link dev.auditpolicy.policy.evaluate.PolicyEvaluator},
 * without allocating and in a time that hardly depends on the number of rules. Immutable. {@code make bench} compares
 * it with upstream's checker.
 */
public final class CompiledPolicy {

    /**
     * A value takes a bit for each row of every table that names it, so with long tables memory would grow with the
     * square of the policy's length. This is 128 bytes for a value, and one table for twice the rules that the CRD
     * allows.
     */
    private static final int ROWS_PER_TABLE = 1024;

    private final RowTable[] tables;
    private final Evaluation[] evaluations;
    private final Evaluation otherwise;

    /** Compiles a policy. */
    public CompiledPolicy(Policy policy) {
        List<Row> rows = Rows.of(policy.rules());
        tables = IntStream.iterate(0, start -> start < rows.size(), start -> start + ROWS_PER_TABLE)
                .mapToObj(start -> rows.subList(start, Math.min(start + ROWS_PER_TABLE, rows.size())))
                .map(RowTable::new)
                .toArray(RowTable[]::new);
        evaluations = IntStream.range(0, policy.rules().size())
                .mapToObj(rule -> Evaluation.byRule(policy, rule))
                .toArray(Evaluation[]::new);
        otherwise = Evaluation.byNoRule(policy);
    }

    /** What the policy says about this request. */
    public Evaluation evaluate(RequestAttributes request) {
        for (RowTable table : tables) {
            int rule = table.firstMatch(request);
            if (rule != RowTable.NONE) {
                return evaluations[rule];
            }
        }
        return otherwise;
    }
}
