/** Log settings as kube-apiserver flags, and the flags in a command line. */
@NullMarked
package dev.auditpolicy.manifest.flags;

import org.jspecify.annotations.NullMarked;
