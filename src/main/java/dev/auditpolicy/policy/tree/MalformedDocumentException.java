package dev.auditpolicy.policy.tree;

/** A text that cannot be parsed, so that its fields are unknown. */
public class MalformedDocumentException extends RuntimeException {

    private final String message;
    private final transient Position position;

    public MalformedDocumentException(String message, Position position) {
        super(message);
        this.message = message;
        this.position = position;
    }

    public MalformedDocumentException(String message, Position position, Throwable cause) {
        super(message, cause);
        this.message = message;
        this.position = position;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public Position position() {
        return position;
    }
}
