/** Proposes changes of a policy that bring a log under a budget, without what must stay in the log. Pure. */
@NullMarked
package dev.auditpolicy.replay.tune;

import org.jspecify.annotations.NullMarked;
