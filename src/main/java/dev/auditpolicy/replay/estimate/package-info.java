/** Estimates what a policy would record of requests that are not in the log, from metrics of kube-apiserver. Pure. */
@NullMarked
package dev.auditpolicy.replay.estimate;

import org.jspecify.annotations.NullMarked;
