/** Finds rules that the events of a log do not need. Pure. */
@NullMarked
package dev.auditpolicy.replay.rules;

import org.jspecify.annotations.NullMarked;
