/**
 * kube-apiserver as a systemd unit: what its unit says, and the drop-in with which it runs our audit configuration. Pure: reads and
 * writes nothing.
 */
@NullMarked
package dev.auditpolicy.unit;

import org.jspecify.annotations.NullMarked;
