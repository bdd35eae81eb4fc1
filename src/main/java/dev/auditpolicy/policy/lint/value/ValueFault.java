package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.Locale;

/** Why a value matches nothing that exists. */
public record ValueFault(FindingCode code, String reason, String fix) {

    /** A wildcard in a field that has none. */
    static ValueFault noWildcard(String field, String value, String fix) {
        return new ValueFault(
                FindingCode.NO_WILDCARD, field + " have no wildcards: \"" + value + "\" is compared as it is written", fix);
    }

    /** Something that exists in lower case only. */
    static ValueFault upperCase(String value) {
        return new ValueFault(
                FindingCode.UPPER_CASE,
                "upper and lower case count, and no request has \"" + value + "\"",
                "write \"" + value.toLowerCase(Locale.ROOT) + "\"");
    }

    /** What is obsolete may still be there on purpose, for older clusters. */
    public boolean matchesNothing() {
        return code != FindingCode.OBSOLETE;
    }
}
