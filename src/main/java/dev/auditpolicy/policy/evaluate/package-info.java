/** Evaluates requests against a policy like kube-apiserver. */
@NullMarked
package dev.auditpolicy.policy.evaluate;

import org.jspecify.annotations.NullMarked;
