/** kube-apiserver's validation of a decoded policy, for a Kubernetes version. */
package dev.auditpolicy.policy.validate;
