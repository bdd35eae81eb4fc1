/** The command of a unit: its words before systemd expands them, what a live process shows of them, and our copy in a drop-in. */
@NullMarked
package dev.auditpolicy.unit.command;

import org.jspecify.annotations.NullMarked;
