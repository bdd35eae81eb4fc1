/** Observes what the node's kube-apiserver runs, whoever has configured it. Nothing is changed. */
@NullMarked
package dev.auditpolicy.agent.observe;

import org.jspecify.annotations.NullMarked;
