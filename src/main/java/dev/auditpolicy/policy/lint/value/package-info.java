/** Checks of single values in a rule, such as a verb or an API group, for whether any request can have them. */
@NullMarked
package dev.auditpolicy.policy.lint.value;

import org.jspecify.annotations.NullMarked;
