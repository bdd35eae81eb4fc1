/** Which rule of a policy applies to a request, as kube-apiserver decides it. */
package dev.auditpolicy.policy.evaluate;
