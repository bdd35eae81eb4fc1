/** The cluster, as the kubectl of the user reaches it. */
@NullMarked
package dev.auditpolicy.cli.kubectl;

import org.jspecify.annotations.NullMarked;
