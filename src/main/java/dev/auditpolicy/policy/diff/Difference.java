package dev.auditpolicy.policy.diff;

import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;

/**
 * Requests that two policies record differently: those that the same rule of the older policy, and the same rule of the
 * newer one, decides. The rule may be none.
 *
 * @param before the decision of the older policy
 * @param after the decision of the newer policy
 * @param example one such request
 */
public record Difference(Evaluation before, Evaluation after, RequestAttributes example) {}
