/** The progress of a rollout, for people and scripts. */
@NullMarked
package dev.auditpolicy.cli.rollout;

import org.jspecify.annotations.NullMarked;
