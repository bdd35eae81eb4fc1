/** Kubernetes Events and metrics in the Prometheus text format, for both roles. */
@NullMarked
package dev.auditpolicy.telemetry;

import org.jspecify.annotations.NullMarked;
