/** What kube-apiserver's metrics say about the webhook backend. */
@NullMarked
package dev.auditpolicy.webhook.status;

import org.jspecify.annotations.NullMarked;
