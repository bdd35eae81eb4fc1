/** YAML text with the positions of its nodes, for edits that keep every other byte. */
@NullMarked
package dev.auditpolicy.manifest.yaml;

import org.jspecify.annotations.NullMarked;
