/**
 * Compiles audit policies for many requests. Each rule is a bit, each value that a policy names has the set of rules that
 * accept it, and the first bit common to all attributes of a request is the rule that decides. The results equal those of
 * {@link dev.auditpolicy.policy.evaluate.PolicyEvaluator}.
 */
@NullMarked
package dev.auditpolicy.policy.compiled;

import org.jspecify.annotations.NullMarked;
