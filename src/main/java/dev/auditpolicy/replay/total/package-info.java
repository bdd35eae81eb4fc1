/** Adds up events and bytes by user, resource and other attributes. Pure. */
@NullMarked
package dev.auditpolicy.replay.total;

import org.jspecify.annotations.NullMarked;
