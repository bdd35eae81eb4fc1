package dev.auditpolicy.policy;

/** A text that gives no document, so that nothing can be said about its fields. */
class MalformedDocumentException extends RuntimeException {

    private final transient Position position;

    MalformedDocumentException(String message, Position position) {
        super(message);
        this.position = position;
    }

    MalformedDocumentException(String message, Position position, Throwable cause) {
        super(message, cause);
        this.position = position;
    }

    Position position() {
        return position;
    }
}
