/** What a turn would do on the node: the restart, and the growth of the log. */
@NullMarked
package dev.auditpolicy.agent.forecast;

import org.jspecify.annotations.NullMarked;
