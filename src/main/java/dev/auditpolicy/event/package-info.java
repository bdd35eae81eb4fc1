/**
 * Reads audit logs fast: finds lines in blocks of bytes and extracts the few fields that policies and statistics need, without
 * a tree and without objects per event. Pure: no files.
 */
@NullMarked
package dev.auditpolicy.event;

import org.jspecify.annotations.NullMarked;
