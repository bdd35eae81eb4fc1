package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;

/** What became of an AuditPolicy's spec. */
public sealed interface Compilation {

    /** Every kube-apiserver of the cluster can run it. */
    record Compiled(AuditNodeSpec spec) implements Compilation {}

    /** It cannot be run; {@code message} names each field, its value and the way out. */
    record Refused(String message) implements Compilation {}
}
