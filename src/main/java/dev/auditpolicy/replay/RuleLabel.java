package dev.auditpolicy.replay;

import dev.auditpolicy.policy.evaluate.Evaluation;

/** Names of rules in statistics. */
final class RuleLabel {

    private RuleLabel() {}

    static String of(Evaluation evaluation) {
        return evaluation.rule().isPresent() ? "rules[" + evaluation.rule().getAsInt() + "]" : "(no rule)";
    }
}
