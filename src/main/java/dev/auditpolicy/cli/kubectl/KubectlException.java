package dev.auditpolicy.cli.kubectl;

/** What kubectl could not do, in its own words. */
public final class KubectlException extends RuntimeException {

    private static final long serialVersionUID = 1;

    KubectlException(String message) {
        super(message);
    }

    public KubectlException(String message, Throwable cause) {
        super(message, cause);
    }
}
