/** What a node shows of a kube-apiserver that this operator has not configured: files, mounts, and who manages the node. */
@NullMarked
package dev.auditpolicy.host.survey;

import org.jspecify.annotations.NullMarked;
