/** Plans the files of a node: what its policy and manifest must contain, and what changes. */
@NullMarked
package dev.auditpolicy.agent.plan;

import org.jspecify.annotations.NullMarked;
