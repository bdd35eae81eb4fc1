package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;

/** A text that contains a policy, or an object in such a text, with the positions of its fields. */
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

    /** The object itself. */
    public Tree root() {
        return document.root();
    }

    /** The apiVersion and kind, such as {@code apps/v1 Deployment}; empty if one is absent or is not a string. */
    public String typeName() {
        return document.root().field("apiVersion").orElse(null) instanceof Tree.Text version
                        && document.root().field("kind").orElse(null) instanceof Tree.Text kind
                ? version.value() + " " + kind.value()
                : "";
    }

    /** One of the objects in this one, such as {@code items[0]} of a List. */
    public PolicyText at(String path) {
        return new PolicyText(document.at(new FieldPath(path)));
    }

    Document document() {
        return document;
    }

    /** The kind of document. */
    public TextKind kind() {
        return TextKind.of(document);
    }

    /** Whether the text is an AuditPolicy, with the policy in {@code spec.policy}. */
    public boolean isAuditPolicy() {
        return kind() == TextKind.AUDIT_POLICY;
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
