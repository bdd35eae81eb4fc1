/** Which distribution of Kubernetes, or other tool, manages a control-plane node, and how audit logging is configured there. */
@NullMarked
package dev.auditpolicy.distribution;

import org.jspecify.annotations.NullMarked;
