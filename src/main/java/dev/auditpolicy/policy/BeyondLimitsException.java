package dev.auditpolicy.policy;

/** A text that is not read to its end because of the {@link Limits}; kube-apiserver might. */
final class BeyondLimitsException extends MalformedDocumentException {

    BeyondLimitsException(String message, Position position) {
        super(message, position);
    }

    BeyondLimitsException(String message, Position position, Throwable cause) {
        super(message, position, cause);
    }
}
