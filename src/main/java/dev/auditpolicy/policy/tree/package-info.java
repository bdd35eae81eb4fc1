/** A YAML or JSON document as a tree of values with positions. */
@NullMarked
package dev.auditpolicy.policy.tree;

import org.jspecify.annotations.NullMarked;
