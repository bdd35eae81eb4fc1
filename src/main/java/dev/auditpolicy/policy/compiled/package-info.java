/**
 * Audit policies in a form made for deciding about many requests: each rule is a bit, each value that a policy names
 * knows the rules that accept it, and the first bit that all attributes of a request have in common is the rule that
 * decides. The answers are those of {@link dev.auditpolicy.policy.evaluate.PolicyEvaluator}.
 */
package dev.auditpolicy.policy.compiled;
