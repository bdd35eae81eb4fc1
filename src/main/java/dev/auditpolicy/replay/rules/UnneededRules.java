package dev.auditpolicy.replay.rules;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Compares a policy with the events of a log: rules that match none of them, users and groups that sent none of the requests,
 * and the share that no special rule is for. A rule of level None is left out, because its requests are in no log that was
 * recorded with it.
 */
public record UnneededRules(RuleUse use) {

    /** The findings in the order of the rules. */
    public List<LintFinding> findings() {
        var findings = new ArrayList<LintFinding>();
        List<PolicyRule> rules = use.policy().rules();
        for (int index = 0; index < rules.size(); index++) {
            PolicyRule rule = rules.get(index);
            if (rule.level() == Level.NONE) {
                continue;
            }
            String path = "rules[" + index + "]";
            if (use.events(index) == 0) {
                findings.add(unused(path));
            } else if (isCatchAll(rule)) {
                findings.add(caughtAll(path, use.events(index)));
            }
            addUnseen(findings, path, rule);
        }
        if (use.eventsOfNoRule() > 0) {
            findings.add(LintFinding.of(
                    FindingCode.CAUGHT_ALL,
                    "rules",
                    "no rule matches " + share(use.eventsOfNoRule())
                            + " of the log, so this policy would not record them",
                    "add a rule for them at the end of rules, or nothing if they are not needed; \"auditpolicy replay\""
                            + " shows them"));
        }
        return List.copyOf(findings);
    }

    private LintFinding unused(String path) {
        return LintFinding.of(
                FindingCode.UNUSED_RULE,
                path,
                "this rule decides none of the " + count(use.allEvents()) + " events of the log",
                "remove it, unless it is for requests that are rare or not in this log");
    }

    private LintFinding caughtAll(String path, long events) {
        return LintFinding.of(
                FindingCode.CAUGHT_ALL,
                path,
                "only this rule, which matches every request, matches " + share(events) + " of the log",
                "check with \"auditpolicy top --policy\" whether some of them deserve a rule of their own");
    }

    private void addUnseen(List<LintFinding> findings, String path, PolicyRule rule) {
        IntStream.range(0, rule.users().size())
                .filter(index -> use.isUnseenUser(rule.users().get(index)))
                .forEach(index -> findings.add(unseen(
                        path + ".users[" + index + "]",
                        "user \"" + rule.users().get(index) + "\" sent none of the requests in the log",
                        "user")));
        IntStream.range(0, rule.userGroups().size())
                .filter(index -> use.isUnseenGroup(rule.userGroups().get(index)))
                .forEach(index -> findings.add(unseen(
                        path + ".userGroups[" + index + "]",
                        "no request in the log is from a user in group \""
                                + rule.userGroups().get(index) + "\"",
                        "group")));
    }

    private static LintFinding unseen(String path, String reason, String what) {
        return LintFinding.of(
                FindingCode.UNSEEN_IDENTITY,
                path,
                reason,
                "check the spelling; remove the " + what + " if it does not exist any more");
    }

    private static boolean isCatchAll(PolicyRule rule) {
        return rule.users().isEmpty()
                && rule.userGroups().isEmpty()
                && rule.verbs().isEmpty()
                && rule.resources().isEmpty()
                && rule.namespaces().isEmpty()
                && rule.nonResourceURLs().isEmpty();
    }

    private String share(long events) {
        return String.format(
                Locale.ROOT,
                "%,d of the %,d events (%.1f %%)",
                events,
                use.allEvents(),
                100.0 * events / use.allEvents());
    }

    private static String count(long events) {
        return String.format(Locale.ROOT, "%,d", events);
    }
}
