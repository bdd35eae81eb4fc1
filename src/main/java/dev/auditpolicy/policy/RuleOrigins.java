package dev.auditpolicy.policy;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the rules of a policy come from, of which the first ones are those of {@code spec.temporaryRules} in an AuditPolicy.
 *
 * @param temporary the paths of these, below {@code spec}, such as {@code temporaryRules[0].rules[1]}
 */
public record RuleOrigins(List<String> temporary) {

    /** All rules are those of {@code spec.policy}, or the policy is not that of an AuditPolicy. */
    public static final RuleOrigins NONE = new RuleOrigins(List.of());

    private static final Pattern RULE = Pattern.compile("(?<![\\w.\\]])(spec\\.policy\\.)?rules\\[(\\d+)\\]");

    public RuleOrigins {
        temporary = List.copyOf(temporary);
    }

    /** The path of a rule in an AuditPolicy, such as {@code spec.policy.rules[3]}. */
    public String path(int rule) {
        return "spec."
                + (rule < temporary.size()
                        ? temporary.get(rule)
                        : "policy.rules[" + ((long) rule - temporary.size()) + "]");
    }

    /** A problem of the policy, at the field of the AuditPolicy. */
    public PolicyProblem locate(PolicyProblem problem) {
        return new PolicyProblem(
                locate(problem.path()), problem.value(), locate(problem.message()), locate(problem.remedy()));
    }

    /** A text about the policy, in which each rule is named by its path in the AuditPolicy. */
    public String locate(String text) {
        return temporary.isEmpty()
                ? text
                : RULE.matcher(text).replaceAll(rule -> path(Integer.parseInt(rule.group(2))));
    }
}
