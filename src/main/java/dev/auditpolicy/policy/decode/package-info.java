/** A tree as a policy, with what kube-apiserver's decoder says of fields that do not fit. */
package dev.auditpolicy.policy.decode;
