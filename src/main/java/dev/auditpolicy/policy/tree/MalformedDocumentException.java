package dev.auditpolicy.policy.tree;

/** A text that gives no document, so that nothing can be said about its fields. */
public class MalformedDocumentException extends RuntimeException {

    private final transient Position position;

    public MalformedDocumentException(String message, Position position) {
        super(message);
        this.position = position;
    }

    public MalformedDocumentException(String message, Position position, Throwable cause) {
        super(message, cause);
        this.position = position;
    }

    public Position position() {
        return position;
    }
}
