package dev.auditpolicy.cli.enroll;

/** Why a host could not be enrolled, as its user reads it. */
final class EnrollmentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    EnrollmentException(String message) {
        super(message);
    }

    EnrollmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
