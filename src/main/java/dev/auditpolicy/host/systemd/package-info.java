/** A kube-apiserver that is a service of the host's systemd: its unit, its process, and its starts. */
@NullMarked
package dev.auditpolicy.host.systemd;

import org.jspecify.annotations.NullMarked;
