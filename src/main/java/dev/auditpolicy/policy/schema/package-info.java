/** Checks an AuditPolicy against the schema of its CustomResourceDefinition, as the API server does. */
@NullMarked
package dev.auditpolicy.policy.schema;

import org.jspecify.annotations.NullMarked;
