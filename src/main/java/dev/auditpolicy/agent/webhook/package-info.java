/** The files of the webhook backend on the node: read from the Secret, written where kube-apiserver reads them, and deleted. */
@NullMarked
package dev.auditpolicy.agent.webhook;

import org.jspecify.annotations.NullMarked;
