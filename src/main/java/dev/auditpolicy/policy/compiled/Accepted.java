package dev.auditpolicy.policy.compiled;

import java.util.Collection;
import java.util.Set;

/**
 * The values of one attribute that a row accepts.
 *
 * @param everything whether it accepts every value, also those that no policy names
 * @param values if not everything, all that it accepts; none is possible
 */
record Accepted(boolean everything, Set<String> values) {

    static final Accepted EVERYTHING = new Accepted(true, Set.of());
    static final Accepted NOTHING = new Accepted(false, Set.of());

    Accepted {
        values = Set.copyOf(values);
    }

    static Accepted only(Collection<String> values) {
        return new Accepted(false, Set.copyOf(values));
    }

    /** As a field of a rule means it: an empty list does not restrict. */
    static Accepted of(Collection<String> values) {
        return values.isEmpty() ? EVERYTHING : only(values);
    }

    /** Without what it accepts only as it accepts everything. */
    Accepted named() {
        return only(values);
    }
}
