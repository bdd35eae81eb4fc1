/** Adds up the events of a log by what a rule can distinguish, and finds what must stay in it. Pure. */
@NullMarked
package dev.auditpolicy.replay.traffic;

import org.jspecify.annotations.NullMarked;
