/** The receiver of the webhook backend, as kube-apiserver would reach it. */
@NullMarked
package dev.auditpolicy.webhook.sink;

import org.jspecify.annotations.NullMarked;
