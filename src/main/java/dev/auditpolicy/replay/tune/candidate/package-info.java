/** Changes of a policy that make a log smaller, and take nothing from it that must stay. Pure. */
@NullMarked
package dev.auditpolicy.replay.tune.candidate;

import org.jspecify.annotations.NullMarked;
