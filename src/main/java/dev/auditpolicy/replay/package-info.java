/**
 * Replays the events of audit logs under a policy: what it would record of them, and how many bytes that would take. Pure: no
 * files.
 */
@NullMarked
package dev.auditpolicy.replay;

import org.jspecify.annotations.NullMarked;
