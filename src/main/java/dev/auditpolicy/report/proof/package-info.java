/** What the resources of a cluster prove about each kube-apiserver at a time. Pure. */
@NullMarked
package dev.auditpolicy.report.proof;

import org.jspecify.annotations.NullMarked;
