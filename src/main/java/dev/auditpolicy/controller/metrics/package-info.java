/** The state of the cluster as metrics. */
@NullMarked
package dev.auditpolicy.controller.metrics;

import org.jspecify.annotations.NullMarked;
