package dev.auditpolicy.policy.evaluate;

import static java.util.Objects.requireNonNull;

/**
 * One of a rule's {@code nonResourceURLs}, read as upstream's {@code pathMatches} does: it trims all {@code *} at the end,
 * though validation lets only one pass.
 */
public record PathPattern(String text) {

    public PathPattern {
        requireNonNull(text, "text is null");
    }

    /** Whether it stands for every path that begins with {@link #start}. */
    public boolean isOpen() {
        return text.endsWith("*");
    }

    /** What a path has to begin with, or to be if the pattern is not open. */
    public String start() {
        return text.substring(0, startLength());
    }

    private int startLength() {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '*') {
            end--;
        }
        return end;
    }

    /** Whether it matches a path. */
    public boolean matches(String path) {
        return isOpen() ? path.regionMatches(0, text, 0, startLength()) : path.equals(text);
    }

    /** Whether it matches every path that the other one does. */
    public boolean covers(PathPattern narrow) {
        return isOpen() ? narrow.start().startsWith(start()) : equals(narrow);
    }
}
