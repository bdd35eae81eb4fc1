package dev.auditpolicy.policy.lint.requests;

/**
 * How much work may still be done. Taking sets from each other can multiply them; a policy made for that must not keep
 * the linter busy for long.
 */
final class ComparisonBudget {

    private long left;

    /** A budget of so many comparisons of two sets. */
    ComparisonBudget(long comparisons) {
        left = comparisons;
    }

    /** Takes one; whether there was one left. */
    boolean take() {
        if (isSpent()) {
            return false;
        }
        left--;
        return true;
    }

    boolean isSpent() {
        return left == 0;
    }
}
