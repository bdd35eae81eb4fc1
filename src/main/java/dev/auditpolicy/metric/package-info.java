/** The Prometheus text format, as kube-apiserver writes it. */
@NullMarked
package dev.auditpolicy.metric;

import org.jspecify.annotations.NullMarked;
