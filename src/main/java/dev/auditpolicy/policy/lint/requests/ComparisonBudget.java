package dev.auditpolicy.policy.lint.requests;

/**
 * Limits the number of comparisons. Subtracting sets can multiply them, and a malicious policy must not keep the linter
 * busy.
 */
final class ComparisonBudget {

    private long left;

    /** A budget for comparisons of two sets. */
    ComparisonBudget(long comparisons) {
        left = comparisons;
    }

    /** Spends one comparison; false if none is left. */
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
