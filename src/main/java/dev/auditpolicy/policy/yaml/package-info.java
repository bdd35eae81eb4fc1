/** YAML as go-yaml reads it, which kube-apiserver reads policies with. */
@NullMarked
package dev.auditpolicy.policy.yaml;

import org.jspecify.annotations.NullMarked;
