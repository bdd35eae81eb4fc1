package dev.auditpolicy.policy.lint.requests;

/**
 * How much work may still be done. Taking sets from each other can multiply them; a policy made for that must not keep
 * the linter busy for long.
 */
final class Budget {

    private long left;

    /** A budget of so many comparisons of two sets. */
    Budget(long comparisons) {
        left = comparisons;
    }

    /** Whether there is anything left; takes one. */
    boolean take() {
        left--;
        return left >= 0;
    }
}
