package dev.auditpolicy.replay.estimate;

/** From a minimum to a maximum. */
public record Range(long min, long max) {

    /** Nothing. */
    public static final Range NOTHING = new Range(0, 0);

    /** The sum of both. */
    public Range plus(Range other) {
        return new Range(min + other.min, max + other.max);
    }

    Range times(long factor) {
        return new Range(min * factor, max * factor);
    }

    Range scaled(double factor) {
        return new Range(Math.round(min * factor), Math.round(max * factor));
    }

    /** The smallest range that contains both. */
    Range or(Range other) {
        return new Range(Math.min(min, other.min), Math.max(max, other.max));
    }
}
