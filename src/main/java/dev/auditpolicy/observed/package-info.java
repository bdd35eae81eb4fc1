/** Compares what the kube-apiservers of a cluster run, whoever has configured them. */
@NullMarked
package dev.auditpolicy.observed;

import org.jspecify.annotations.NullMarked;
