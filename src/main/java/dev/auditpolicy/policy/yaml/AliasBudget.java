package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;

/**
 * go-yaml's limit on aliases, against a few lines that expand to gigabytes: it bounds the share of decoded values that
 * come from aliases.
 */
final class AliasBudget {

    /** Up to this number of values, 99 % may come from aliases. */
    private static final int LOW = 400_000;

    /** From this number of values on, 10 % may come from aliases. */
    private static final int HIGH = 4_000_000;

    private static final double RATIO_LOW = 0.99;
    private static final double RATIO_HIGH = 0.10;

    private int decoded;
    private int fromAliases;

    void count(boolean inAlias, Position position) {
        decoded++;
        if (inAlias) {
            fromAliases++;
        }
        if (fromAliases > 100 && decoded > 1000 && (double) fromAliases / decoded > allowedRatio()) {
            throw new MalformedDocumentException("yaml: document contains excessive aliasing", position);
        }
    }

    private double allowedRatio() {
        if (decoded <= LOW) {
            return RATIO_LOW;
        }
        if (decoded >= HIGH) {
            return RATIO_HIGH;
        }
        return RATIO_LOW - (RATIO_LOW - RATIO_HIGH) * ((double) (decoded - LOW) / (HIGH - LOW));
    }
}
