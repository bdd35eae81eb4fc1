/** The entry points, the commands of the two roles, and the wiring of the controller. */
@NullMarked
package dev.auditpolicy.app;

import org.jspecify.annotations.NullMarked;
