package dev.auditpolicy.unit.syntax;

/** A text that systemd does not read as a command line. The message is the predicate of a sentence. */
public final class UnitSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    UnitSyntaxException(String message) {
        super(message);
    }

    UnitSyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
