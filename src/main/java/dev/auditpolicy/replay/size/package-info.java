/** Sizes of what is not in the log, as measured on kube-apiserver. Pure. */
@NullMarked
package dev.auditpolicy.replay.size;

import org.jspecify.annotations.NullMarked;
