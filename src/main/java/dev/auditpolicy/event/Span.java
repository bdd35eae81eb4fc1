package dev.auditpolicy.event;

/** A range of bytes in a block: the content of a string, or a whole value of another kind. Mutable, to be used again. */
public final class Span {

    private int from;
    private int to;

    void set(int newFrom, int newTo) {
        from = newFrom;
        to = newTo;
    }

    void clear() {
        from = 0;
        to = -1;
    }

    /** Whether the event has the field, and with a value of the right kind. */
    public boolean isPresent() {
        return to >= from;
    }

    /** The offset of the first byte. */
    public int from() {
        return from;
    }

    /** The offset after the last byte. */
    public int to() {
        return to;
    }

    /** The number of bytes; 0 if absent. */
    public int length() {
        return Math.max(0, to - from);
    }
}
