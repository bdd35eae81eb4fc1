package dev.auditpolicy.policy.compiled;

import java.util.Collection;
import java.util.Set;

/**
 * The values of one attribute that a row accepts.
 *
 * @param everything whether it accepts every value, also those that no policy names
 * @param values if not everything, all that it accepts; none is possible
 */
record AcceptedValues(boolean everything, Set<String> values) {

    static final AcceptedValues EVERYTHING = new AcceptedValues(true, Set.of());
    static final AcceptedValues NOTHING = new AcceptedValues(false, Set.of());

    AcceptedValues {
        values = Set.copyOf(values);
    }

    static AcceptedValues only(Collection<String> values) {
        return new AcceptedValues(false, Set.copyOf(values));
    }

    /** As a field of a rule means it: an empty list does not restrict. */
    static AcceptedValues of(Collection<String> values) {
        return values.isEmpty() ? EVERYTHING : only(values);
    }

    /** Without what it accepts only as it accepts everything. */
    AcceptedValues named() {
        return only(values);
    }
}
