package dev.auditpolicy.cli;

/** The content of an input is not what the command needs. It ends with exit code 1 and this message, without usage text. */
final class InvalidInputException extends RuntimeException {

    InvalidInputException(String message) {
        super(message);
    }
}
