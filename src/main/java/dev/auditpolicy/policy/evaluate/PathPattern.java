package dev.auditpolicy.policy.evaluate;

/**
 * A pattern in a rule's {@code nonResourceURLs}, with the meaning of upstream's {@code pathMatches}: it trims all trailing
 * {@code *}, although validation allows only one.
 */
public record PathPattern(String text) {

    /** Whether it matches every path that begins with {@link #prefix}. */
    public boolean isPrefix() {
        return text.endsWith("*");
    }

    /** The pattern without trailing {@code *}. */
    public String prefix() {
        return text.substring(0, prefixLength());
    }

    private int prefixLength() {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '*') {
            end--;
        }
        return end;
    }

    /** Whether it matches a path. */
    public boolean matches(String path) {
        return isPrefix() ? path.regionMatches(0, text, 0, prefixLength()) : path.equals(text);
    }

    /** Whether it matches every path that the other pattern matches. */
    public boolean covers(PathPattern other) {
        return isPrefix() ? other.prefix().startsWith(prefix()) : equals(other);
    }
}
