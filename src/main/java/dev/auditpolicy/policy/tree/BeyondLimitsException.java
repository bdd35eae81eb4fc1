package dev.auditpolicy.policy.tree;

/** A text that is not read to its end because of the {@link Limits}; kube-apiserver might. */
public final class BeyondLimitsException extends MalformedDocumentException {

    public BeyondLimitsException(String message, Position position) {
        super(message, position);
    }

    public BeyondLimitsException(String message, Position position, Throwable cause) {
        super(message, position, cause);
    }
}
