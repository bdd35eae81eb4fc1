package dev.auditpolicy.replay.rules;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.read.EventConsumer;
import dev.auditpolicy.policy.compiled.CompiledPolicy;
import dev.auditpolicy.replay.request.EventRequests;
import dev.auditpolicy.replay.request.LoggedRequest;
import dev.auditpolicy.replay.request.PairCache;
import dev.auditpolicy.replay.request.Subject;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Counts the events that each rule of a policy decides. Not for several threads at once: each has its own. */
public final class RuleUse implements EventConsumer {

    private final Policy policy;
    private final CompiledPolicy compiled;
    private final EventRequests requests = new EventRequests();
    private final PairCache<Integer> recent = new PairCache<>(this::decide);

    /** By the index of the rule; the last number is for no rule. */
    private final long[] events;

    private final Set<String> unseenUsers;
    private final Set<String> unseenGroups;

    /** Counts nothing yet. */
    public RuleUse(Policy policy) {
        this.policy = policy;
        compiled = new CompiledPolicy(policy);
        events = new long[policy.rules().size() + 1];
        unseenUsers = policy.rules().stream()
                .flatMap(rule -> rule.users().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        unseenGroups = policy.rules().stream()
                .flatMap(rule -> rule.userGroups().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void accept(AuditEvent event) {
        events[recent.get(requests.subject(event), requests.request(event))]++;
    }

    private int decide(Subject subject, LoggedRequest request) {
        if (subject.user() != null) {
            unseenUsers.remove(subject.user());
            unseenGroups.removeAll(subject.groups());
        }
        return compiled.evaluate(request.by(subject))
                .rule()
                .orElse(policy.rules().size());
    }

    /** Adds what another one for the same policy counted. */
    public void add(RuleUse other) {
        for (int rule = 0; rule < events.length; rule++) {
            events[rule] += other.events[rule];
        }
        unseenUsers.retainAll(other.unseenUsers);
        unseenGroups.retainAll(other.unseenGroups);
    }

    Policy policy() {
        return policy;
    }

    /** How many events a rule decides. */
    long events(int rule) {
        return events[rule];
    }

    /** How many events no rule matches. */
    long eventsOfNoRule() {
        return events[policy.rules().size()];
    }

    long allEvents() {
        long sum = 0;
        for (long count : events) {
            sum += count;
        }
        return sum;
    }

    boolean isUnseenUser(String user) {
        return unseenUsers.contains(user);
    }

    boolean isUnseenGroup(String group) {
        return unseenGroups.contains(group);
    }
}
