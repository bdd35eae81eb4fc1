package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.yaml.Document;

/** The positions of fields in the text of a policy. */
public final class PolicyText {

    private final Document document;

    private PolicyText(Document document) {
        this.document = document;
    }

    /**
     * Parses a text.
     *
     * @throws IllegalArgumentException if the text cannot be parsed; {@link PolicyTextReader} reports why
     */
    public static PolicyText of(byte[] content) {
        try {
            return new PolicyText(Document.read(content));
        } catch (MalformedDocumentException e) {
            throw new IllegalArgumentException("the text cannot be parsed", e);
        }
    }

    /** Whether the text is an AuditPolicy, with the policy in {@code spec.policy}. */
    public boolean isAuditPolicy() {
        return TextKind.of(TypeMeta.of(document.root())) == TextKind.AUDIT_POLICY;
    }

    /**
     * The position of a field, or of the innermost enclosing object if the field is absent.
     *
     * @param path such as {@code rules[0].verbs[1]}
     */
    public Position position(String path) {
        return document.position(new FieldPath(path));
    }
}
