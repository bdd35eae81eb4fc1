package dev.auditpolicy.policy.read;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;

/** What a document says it is. */
public enum TextKind {
    /** A resource of the operator, with a policy in {@code spec.policy}. */
    AUDIT_POLICY,
    /** A file for kube-apiserver: anything of group {@code audit.k8s.io}. */
    POLICY,
    /** Any other object of Kubernetes. */
    OTHER_OBJECT,
    /** Nothing but comments. */
    NOTHING,
    /** It does not say, or it can't be read. */
    UNKNOWN;

    /** What the first document of a text says it is. */
    public static TextKind of(byte[] content) {
        try {
            Tree root = Document.read(content).root();
            return root instanceof Tree.Null ? NOTHING : of(TypeMeta.of(root));
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
