/** The kubeconfig of the webhook backend as kube-apiserver reads it, and what kube-apiserver would do with it. */
@NullMarked
package dev.auditpolicy.webhook.kubeconfig;

import org.jspecify.annotations.NullMarked;
