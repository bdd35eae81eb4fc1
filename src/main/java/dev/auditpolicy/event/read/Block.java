package dev.auditpolicy.event.read;

import dev.auditpolicy.event.EventParser;

/** Some whole lines of a log. Mutable, to be used again. */
final class Block {

    /** Large enough that handing a block over costs nothing, small enough for the cache of a processor. */
    private static final int INITIAL_CAPACITY = 512 * 1024;

    /** A line that does not fit in is not read. */
    static final int MAX_CAPACITY = 64 * 1024 * 1024;

    private final int maxCapacity;
    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int length;
    private int log;
    private int number;
    private boolean startsTooLong;

    /** @param maxCapacity in bytes */
    Block(int maxCapacity) {
        this.maxCapacity = maxCapacity;
    }

    /** The array; lines are only up to {@link #length}. */
    byte[] bytes() {
        return bytes;
    }

    /** The end of the last line, which ends with a line feed. */
    int length() {
        return length;
    }

    /** The index of the log. */
    int log() {
        return log;
    }

    /** The number of blocks before it in the same log. */
    int number() {
        return number;
    }

    /** Whether the first line was longer than the largest block, and is empty instead. */
    boolean startsTooLong() {
        return startsTooLong;
    }

    void setStartsTooLong(boolean value) {
        startsTooLong = value;
    }

    void set(int newLog, int newNumber, int newLength) {
        log = newLog;
        number = newNumber;
        length = newLength;
    }

    /** How many bytes fit in. */
    int capacity() {
        return bytes.length - EventParser.SLACK - 1;
    }

    boolean isLargest() {
        return bytes.length >= maxCapacity;
    }

    /** Makes more room and keeps the first bytes. */
    void grow(int kept) {
        byte[] larger = new byte[bytes.length * 2];
        System.arraycopy(bytes, 0, larger, 0, kept);
        bytes = larger;
    }

    /** Gives memory back that only one long line needed. */
    void shrink() {
        if (bytes.length > INITIAL_CAPACITY) {
            bytes = new byte[INITIAL_CAPACITY];
        }
    }
}
