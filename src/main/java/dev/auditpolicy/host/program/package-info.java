/** The program of the guard: a copy of the agent's own files on the node, which starts in any image. */
@NullMarked
package dev.auditpolicy.host.program;

import org.jspecify.annotations.NullMarked;
