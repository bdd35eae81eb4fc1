package dev.auditpolicy.report.request;

import dev.auditpolicy.api.v1alpha1.Level;
import java.util.OptionalInt;

/**
 * The level at which a rule records some of the requests.
 *
 * @param rule its index; empty for requests that no rule matches
 * @param condition what else the rule demands of a request, such as {@code users a, b}; empty if nothing
 */
public record LevelOfRule(Level level, OptionalInt rule, String condition) {

    /** Such as {@code rules[2] (users a)}. */
    public String source() {
        return (rule.isEmpty() ? "no rule" : "rules[" + rule.getAsInt() + "]")
                + (condition.isEmpty() ? "" : " (" + condition + ")");
    }
}
