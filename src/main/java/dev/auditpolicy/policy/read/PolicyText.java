package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.yaml.Document;

/** Where the fields of a policy stand in the text that it was read from. */
public final class PolicyText {

    private final Document document;

    private PolicyText(Document document) {
        this.document = document;
    }

    /**
     * Reads the text again.
     *
     * @throws IllegalArgumentException if it is not a document; {@link PolicyTextReader} says why
     */
    public static PolicyText of(byte[] content) {
        try {
            return new PolicyText(Document.read(content));
        } catch (MalformedDocumentException e) {
            throw new IllegalArgumentException("not a document", e);
        }
    }

    /** Whether it is an AuditPolicy, which has the policy in {@code spec.policy}. */
    public boolean isAuditPolicy() {
        return TextKind.of(TypeMeta.of(document.root())) == TextKind.AUDIT_POLICY;
    }

    /**
     * Where a field stands, or if it is not there, the nearest object around it.
     *
     * @param path such as {@code rules[0].verbs[1]}
     */
    public Position position(String path) {
        return document.position(new FieldPath(path));
    }
}
