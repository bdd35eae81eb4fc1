/** Whether the items of benchmarks are met, as far as the resources of a cluster prove it. Pure. */
@NullMarked
package dev.auditpolicy.report.item;

import org.jspecify.annotations.NullMarked;
