package dev.auditpolicy.report.proof;

import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An AuditPolicy as the API server stores it.
 *
 * @param createdAt empty if its metadata lacks it
 * @param status empty if the controller has not written one, or one that cannot be read
 */
public record AuditPolicyObject(
        String name, long generation, Optional<Instant> createdAt, Optional<AuditPolicyStatus> status) {

    /** The desired revision; empty if none is known. */
    public Optional<String> revision() {
        return status.map(AuditPolicyStatus::revision);
    }

    /** The number of control-plane nodes, and of live kube-apiservers without such a node; empty if it is not known. */
    public Optional<Integer> nodes() {
        return status.map(AuditPolicyStatus::nodes).map(counts -> counts.total());
    }

    /** Rules that end at a time. */
    public List<TemporaryRulesStatus> temporaryRules() {
        return status.map(AuditPolicyStatus::temporaryRules).orElse(List.of());
    }

    /** Whether the controller has seen the present spec. */
    public boolean isObserved() {
        return status.map(AuditPolicyStatus::observedGeneration)
                .filter(observed -> observed == generation)
                .isPresent();
    }

    /** The condition of a type. */
    public Optional<Condition> condition(String type) {
        return status.stream()
                .flatMap(state -> state.conditions().stream())
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
