/** What a node needs so that kubeadm makes its kube-apiserver audited from the first start. */
@NullMarked
package dev.auditpolicy.cli.nodefiles;

import org.jspecify.annotations.NullMarked;
