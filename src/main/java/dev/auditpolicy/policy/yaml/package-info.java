/** YAML as go-yaml reads it, which kube-apiserver reads policies with. */
package dev.auditpolicy.policy.yaml;
