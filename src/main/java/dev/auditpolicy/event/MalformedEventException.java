package dev.auditpolicy.event;

/** A line of a log is not an audit event. It has no stack trace, because a log can contain many such lines. */
public final class MalformedEventException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String text;

    /** The offset in the block of lines, or -1 if the problem has no place. */
    private final int offset;

    MalformedEventException(String message, int offset) {
        super(message, null, false, false);
        this.text = message;
        this.offset = offset;
    }

    /** The message with the column in a line that starts at this offset. */
    public String at(int lineStart) {
        return offset < 0 ? text : text + " at column " + (offset - lineStart + 1);
    }
}
