package dev.auditpolicy.policy.tree;

/** A text that exceeds the {@link Limits} of this parser. kube-apiserver may accept it. */
public final class BeyondLimitsException extends MalformedDocumentException {

    public BeyondLimitsException(String message, Position position) {
        super(message, position);
    }

    public BeyondLimitsException(String message, Position position, Throwable cause) {
        super(message, position, cause);
    }
}
