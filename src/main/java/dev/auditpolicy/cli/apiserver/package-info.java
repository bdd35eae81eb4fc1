/** Reads how an existing kube-apiserver runs from its manifest, in whatever form, also one that the operator does not patch. */
@NullMarked
package dev.auditpolicy.cli.apiserver;

import org.jspecify.annotations.NullMarked;
