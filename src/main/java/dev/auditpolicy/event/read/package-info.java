/** Reads logs in blocks of whole lines, and parses these in one or more threads. Pure: the caller opens the files. */
@NullMarked
package dev.auditpolicy.event.read;

import org.jspecify.annotations.NullMarked;
