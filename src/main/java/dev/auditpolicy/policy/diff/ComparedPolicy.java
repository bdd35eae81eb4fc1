package dev.auditpolicy.policy.diff;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.requests.RequestSpace;
import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One of two compared policies. Decisions have the indexes of the rules; the last one is that no rule matches. */
record ComparedPolicy(Policy policy, RequestSpace space, PolicyEvaluator evaluator) {

    static ComparedPolicy of(Policy policy) {
        return new ComparedPolicy(policy, RequestSpace.of(policy), new PolicyEvaluator(policy));
    }

    IntStream decisions() {
        return IntStream.rangeClosed(0, policy.rules().size());
    }

    Evaluation evaluation(int decision) {
        return decision < policy.rules().size() ? Evaluation.byRule(policy, decision) : Evaluation.byNoRule(policy);
    }

    /** The requests among {@code within} that a decision applies to, in parts. */
    Stream<Requests> decided(int decision, Requests within) {
        return decision < policy.rules().size() ? space.decidedBy(decision, within) : space.decidedByNone(within);
    }

    Evaluation evaluate(RequestAttributes request) {
        return evaluator.evaluate(request);
    }
}
