/** YAML text with the positions of its nodes, for edits that keep every other byte. */
package dev.auditpolicy.manifest.yaml;
