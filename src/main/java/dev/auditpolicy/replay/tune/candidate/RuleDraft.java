package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.replay.traffic.Actor;
import dev.auditpolicy.replay.traffic.RequestKind;
import java.util.List;
import java.util.Optional;

/** Restricts rules to callers. A rule that names users or groups does not match failed authentications, which have none. */
final class RuleDraft {

    /** As many as the CRD allows. */
    static final int MAX_USERS = 256;

    private RuleDraft() {}

    /** For all kubelets; empty if the rule is for other groups: a rule cannot ask for two. */
    static Optional<PolicyRule> byNodes(PolicyRule rule) {
        return rule.userGroups().isEmpty() || rule.userGroups().contains(Actor.NODES_GROUP)
                ? Optional.of(by(rule, rule.users(), List.of(Actor.NODES_GROUP)))
                : Optional.empty();
    }

    /** For users whose requests the rule matches. */
    static PolicyRule byUsers(PolicyRule rule, List<String> users) {
        return by(rule, users, rule.userGroups());
    }

    /** For everyone who was authenticated, or is anonymous. */
    static PolicyRule byAnyone(PolicyRule rule) {
        return rule.users().isEmpty() && rule.userGroups().isEmpty()
                ? by(rule, List.of(), RequestKind.ALL_USERS)
                : rule;
    }

    private static PolicyRule by(PolicyRule rule, List<String> users, List<String> groups) {
        return new PolicyRule(
                rule.level(),
                users,
                groups,
                rule.verbs(),
                rule.resources(),
                rule.namespaces(),
                rule.nonResourceURLs(),
                rule.omitStages(),
                rule.omitManagedFields());
    }
}
