package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.lint.finding.Code;
import java.util.Locale;

/** Why a value matches nothing that exists. */
public record Fault(Code code, String reason, String fix) {

    /** A wildcard in a field that has none. */
    static Fault noWildcard(String field, String value, String fix) {
        return new Fault(
                Code.NO_WILDCARD, field + " have no wildcards: \"" + value + "\" is compared as it is written", fix);
    }

    /** Something that exists in lower case only. */
    static Fault upperCase(String value) {
        return new Fault(
                Code.UPPER_CASE,
                "upper and lower case count, and no request has \"" + value + "\"",
                "write \"" + value.toLowerCase(Locale.ROOT) + "\"");
    }

    /** What is obsolete may still be there on purpose, for older clusters. */
    public boolean matchesNothing() {
        return code != Code.OBSOLETE;
    }
}
