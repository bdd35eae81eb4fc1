package dev.auditpolicy.policy.compiled;

import java.util.Collection;
import java.util.Set;

/**
 * The values of one attribute that a row accepts.
 *
 * @param everything whether the row accepts every value, including values that no policy names
 * @param values all accepted values, possibly none, unless {@code everything}
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

    /** The values of a rule's field, where an empty list accepts everything. */
    static AcceptedValues of(Collection<String> values) {
        return values.isEmpty() ? EVERYTHING : only(values);
    }

    /** Only the explicitly named values: none if everything is accepted. */
    AcceptedValues named() {
        return only(values);
    }
}
