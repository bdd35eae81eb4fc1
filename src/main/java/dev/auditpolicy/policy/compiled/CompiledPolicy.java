package dev.auditpolicy.policy.compiled;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A policy compiled for many requests. It gives the results of {@link dev.auditpolicy.policy.evaluate.PolicyEvaluator}
 * without allocation and in a time that is almost independent of the number of rules. Immutable. {@code make bench} compares it
 * with upstream's evaluator.
 */
public final class CompiledPolicy {

    /**
     * Bounds memory: each value takes one bit per row of every table that names it, so in one large table memory would
     * grow with the square of the policy's length. This size takes 128 bytes per value, and one table holds twice the
     * rules that the CRD allows.
     */
    private static final int ROWS_PER_TABLE = 1024;

    private final RowTable[] tables;
    private final Evaluation[] evaluations;
    private final Evaluation noMatch;

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
        noMatch = Evaluation.byNoRule(policy);
    }

    /** The decision of the policy about a request. */
    public Evaluation evaluate(RequestAttributes request) {
        for (RowTable table : tables) {
            int rule = table.firstMatch(request);
            if (rule != RowTable.NONE) {
                return evaluations[rule];
            }
        }
        return noMatch;
    }
}
