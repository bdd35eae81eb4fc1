/** The kubeconfig of the webhook backend, and the files that it names, as a Secret. */
@NullMarked
package dev.auditpolicy.cli.webhook;

import org.jspecify.annotations.NullMarked;
