/** One request to the receiver of the webhook backend, as kube-apiserver would send it. */
@NullMarked
package dev.auditpolicy.webhook.probe;

import org.jspecify.annotations.NullMarked;
