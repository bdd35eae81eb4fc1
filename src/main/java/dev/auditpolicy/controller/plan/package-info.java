/** What a rollout will change, as the status of an AuditPolicy says it before the first turn. */
@NullMarked
package dev.auditpolicy.controller.plan;

import org.jspecify.annotations.NullMarked;
