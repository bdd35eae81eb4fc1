/** The text of fixes. What a fix quotes can be pasted into the policy, and changes nothing that the fix does not name. */
@NullMarked
package dev.auditpolicy.policy.lint.fix;

import org.jspecify.annotations.NullMarked;
