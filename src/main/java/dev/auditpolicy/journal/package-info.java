/** Pure: the state of a turn, kept on disk so that an agent finishes it or rolls it back after any crash. */
@NullMarked
package dev.auditpolicy.journal;

import org.jspecify.annotations.NullMarked;
