/**
 * Parses, plans and patches kube-apiserver static pod manifests. Pure: text in, text out.
 *
 * <p>Patches replace text at the positions of YAML nodes and never rewrite the whole YAML, so that comments, order,
 * indentation and quoting of foreign parts stay as they are.
 */
@NullMarked
package dev.auditpolicy.manifest;

import org.jspecify.annotations.NullMarked;
