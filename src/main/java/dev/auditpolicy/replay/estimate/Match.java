package dev.auditpolicy.replay.estimate;

/** Whether a rule matches requests of which not all attributes are known. */
enum Match {
    NO,
    MAYBE,
    YES;

    Match and(Match other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Match or(Match other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
