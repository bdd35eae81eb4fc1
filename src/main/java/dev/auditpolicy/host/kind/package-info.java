/** The kinds of hosts: where kube-apiserver has its flags, and what happens when they change. */
@NullMarked
package dev.auditpolicy.host.kind;

import org.jspecify.annotations.NullMarked;
