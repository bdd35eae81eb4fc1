package dev.auditpolicy.cli.report;

/** The input is not what kubectl prints about one cluster. */
final class DumpException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DumpException(String message) {
        super(message);
    }

    DumpException(String message, Exception cause) {
        super(message, cause);
    }
}
