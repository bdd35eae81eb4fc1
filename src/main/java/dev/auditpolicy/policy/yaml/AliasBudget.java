package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Position;

/**
 * go-yaml's guard against a few lines that expand to gigabytes: of many decoded values, only so many may come from
 * aliases.
 */
final class AliasBudget {

    /** Up to here 99 of 100 values may come from aliases. */
    private static final int LOW = 400_000;

    /** From here on 10 of 100 may. */
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
        if (fromAliases > 100 && decoded > 1000 && (double) fromAliases / decoded > allowed()) {
            throw new MalformedDocumentException("yaml: document contains excessive aliasing", position);
        }
    }

    private double allowed() {
        if (decoded <= LOW) {
            return RATIO_LOW;
        }
        if (decoded >= HIGH) {
            return RATIO_HIGH;
        }
        return RATIO_LOW - (RATIO_LOW - RATIO_HIGH) * ((double) (decoded - LOW) / (HIGH - LOW));
    }
}
