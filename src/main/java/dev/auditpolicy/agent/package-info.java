/** The agent of one control-plane node: its loop and its wiring. */
@NullMarked
package dev.auditpolicy.agent;

import org.jspecify.annotations.NullMarked;
