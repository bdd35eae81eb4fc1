/** {@code auditpolicy enroll}: the one command that changes a cluster, with the kubectl of its user. */
@NullMarked
package dev.auditpolicy.cli.enroll;

import org.jspecify.annotations.NullMarked;
