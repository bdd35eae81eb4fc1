package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.finding.FindingCode;
import java.util.Locale;

/** Why a value matches nothing that exists. */
public record ValueFault(FindingCode code, String reason, String fix) {

    /** A wildcard in a field that does not support wildcards. */
    static ValueFault noWildcard(String field, String value, String fix) {
        return new ValueFault(
                FindingCode.NO_WILDCARD,
                field + " does not support wildcards: \"" + value + "\" is compared literally",
                fix);
    }

    /** Something that exists in lower case only. */
    static ValueFault upperCase(String value) {
        return new ValueFault(
                FindingCode.UPPER_CASE,
                "matching is case-sensitive, and no request has \"" + value + "\"",
                "use \"" + value.toLowerCase(Locale.ROOT) + "\"");
    }

    /** Obsolete values may be intentional, for older clusters. */
    public boolean matchesNothing() {
        return code != FindingCode.OBSOLETE;
    }
}
