package dev.auditpolicy.policy.read;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;
import java.util.List;

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
            return of(Document.read(content));
        } catch (MalformedDocumentException _) {
            return UNKNOWN;
        }
    }

    static TextKind of(Document document) {
        try {
            return document.root() instanceof Tree.Null ? EMPTY : of(TypeMeta.of(document.root()));
        } catch (MalformedDocumentException _) {
            return UNKNOWN;
        }
    }

    private static TextKind of(TypeMeta type) {
        if (type.group().equals(Api.GROUP) ? isAuditPolicy(type.kind()) : isMistypedAuditPolicy(type)) {
            return AUDIT_POLICY;
        }
        if (type.group().equals("audit.k8s.io")) {
            return POLICY;
        }
        return type.kind().isEmpty() || type.apiVersion().isEmpty() ? UNKNOWN : OTHER_OBJECT;
    }

    /** Any kind of our group that is not one of the others, because it can only be a misspelling. */
    private static boolean isAuditPolicy(String kind) {
        return !kind.startsWith("AuditNode") && !kind.endsWith("List");
    }

    /** Without a group, or with one like ours. */
    private static boolean isMistypedAuditPolicy(TypeMeta type) {
        return type.kind().equals("AuditPolicy")
                && (type.group().isEmpty()
                        || Nearest.bySpelling(type.group(), List.of(Api.GROUP)).isPresent());
    }
}
