package dev.auditpolicy.policy.lint.fault;

import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.Locale;

/**
 * Why a value matches nothing that exists.
 *
 * @param certain false if something can have this name, although it looks like a misspelled one
 */
public record ValueFault(FindingCode code, String reason, Remedy remedy, boolean certain) {

    public ValueFault(FindingCode code, String reason, Remedy remedy) {
        this(code, reason, remedy, true);
    }

    /** A name that differs in a letter or two from a known one. */
    public static ValueFault misspelled(FindingCode code, String reason, String meant, boolean certain) {
        return new ValueFault(code, reason, new Remedy.Guess(meant), certain);
    }

    /** A wildcard in a field that does not support wildcards. */
    public static ValueFault noWildcard(String field, String value, Remedy remedy) {
        return new ValueFault(
                FindingCode.NO_WILDCARD,
                field + " does not support wildcards: \"" + value + "\" is compared literally",
                remedy);
    }

    /** Something that exists in lower case only. */
    public static ValueFault upperCase(String value) {
        return new ValueFault(
                FindingCode.UPPER_CASE,
                "matching is case-sensitive, and no request has \"" + value + "\"",
                Remedy.use(value.toLowerCase(Locale.ROOT)));
    }

    /** Obsolete values may be intentional, for older clusters. */
    public boolean matchesNothing() {
        return certain && code != FindingCode.OBSOLETE;
    }
}
