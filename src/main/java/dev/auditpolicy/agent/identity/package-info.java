/** The client certificate of an agent on a host without a Node. */
@NullMarked
package dev.auditpolicy.agent.identity;

import org.jspecify.annotations.NullMarked;
