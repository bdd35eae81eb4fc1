package dev.auditpolicy.policy.read;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;

/** The kind of document, by its apiVersion and kind. */
public enum TextKind {
    /** An AuditPolicy, with the policy in {@code spec.policy}. */
    AUDIT_POLICY,
    /** A policy file: any kind in group {@code audit.k8s.io}. */
    POLICY,
    /** Any other Kubernetes object. */
    OTHER_OBJECT,
    /** Empty, or comments only. */
    EMPTY,
    /** Without apiVersion or kind, or not parseable. */
    UNKNOWN;

    /** The kind of the first document of a text. */
    public static TextKind of(byte[] content) {
        try {
            Tree root = Document.read(content).root();
            return root instanceof Tree.Null ? EMPTY : of(TypeMeta.of(root));
        } catch (MalformedDocumentException _) {
            return UNKNOWN;
        }
    }

    static TextKind of(TypeMeta type) {
        if (type.kind().equals("AuditPolicy") && type.group().equals(Api.GROUP)) {
            return AUDIT_POLICY;
        }
        if (type.group().equals("audit.k8s.io")) {
            return POLICY;
        }
        return type.kind().isEmpty() || type.apiVersion().isEmpty() ? UNKNOWN : OTHER_OBJECT;
    }
}
