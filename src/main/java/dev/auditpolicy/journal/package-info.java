/** Pure: the state of a turn as it is kept on disk, so that it can be finished or rolled back after any crash. */
@NullMarked
package dev.auditpolicy.journal;

import org.jspecify.annotations.NullMarked;
