/** A document as a tree of values with their positions, whether it was YAML or JSON. */
package dev.auditpolicy.policy.tree;
