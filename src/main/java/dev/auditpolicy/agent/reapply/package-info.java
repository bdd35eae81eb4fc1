/** Puts our parts back into a manifest that kubeadm has just written, before kubelet starts a kube-apiserver from it. */
@NullMarked
package dev.auditpolicy.agent.reapply;

import org.jspecify.annotations.NullMarked;
