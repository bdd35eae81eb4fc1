package dev.auditpolicy.policy.diff;

import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;

/**
 * Requests of one kind that two policies record differently: those that one rule (or none) of the older decides and one
 * rule (or none) of the newer.
 *
 * @param before what the older policy says about them
 * @param after what the newer says
 * @param example one of them
 */
public record Difference(Evaluation before, Evaluation after, RequestAttributes example) {}
