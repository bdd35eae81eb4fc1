/** The attributes of the requests in a log, by which a policy decides. Pure. */
@NullMarked
package dev.auditpolicy.replay.request;

import org.jspecify.annotations.NullMarked;
