/** The place of an audit log on disk, before kube-apiserver writes there: space, obstacles, files of other programs. */
@NullMarked
package dev.auditpolicy.host.destination;

import org.jspecify.annotations.NullMarked;
