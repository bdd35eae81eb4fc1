/** One AuditNode for each control-plane node, also while nothing is desired of it. */
@NullMarked
package dev.auditpolicy.controller.enroll;

import org.jspecify.annotations.NullMarked;
