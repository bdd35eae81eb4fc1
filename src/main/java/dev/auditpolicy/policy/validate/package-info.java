/** Validates a decoded policy like kube-apiserver, for a given Kubernetes version. */
@NullMarked
package dev.auditpolicy.policy.validate;

import org.jspecify.annotations.NullMarked;
