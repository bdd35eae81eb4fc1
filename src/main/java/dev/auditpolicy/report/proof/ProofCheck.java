package dev.auditpolicy.report.proof;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the proof of a node counts. Doubt is no proof: each part of the status that contradicts a proof outweighs it.
 *
 * @param asOf the time for which something is to be proven
 */
public record ProofCheck(Instant asOf) {

    /** The agent renews a proof every 5 minutes. The controller lets it count as long. */
    public static final Duration VALIDITY = Duration.ofMinutes(15);

    private static final String AUDITING = "Auditing";

    /** An agent that was restarted computes the start of a process from its ticks again. */
    private static final Duration SAME_START = Duration.ofSeconds(5);

    /** The state of a node. */
    public ProofState of(AuditNodeObject node) {
        if (node.unreadable().isPresent()) {
            return unknown("this release of the command cannot read the AuditNode ("
                    + node.unreadable().get() + "): use the release of the operator");
        }
        var recordsNothing = node.status().flatMap(ProofCheck::recordsNothing);
        if (recordsNothing.isPresent()) {
            return new ProofState.NotProven(recordsNothing.get(), recordsNothing);
        }
        var doubt = doubt(node);
        return doubt.isPresent()
                ? unknown(doubt.get())
                : lookUp(new PolicyLookup(node, node.proof().orElseThrow()));
    }

    private static ProofState lookUp(PolicyLookup lookup) {
        var text = lookup.text();
        if (text.isEmpty()) {
            return unknown("the AuditNode does not have the text of the proven policy (SHA-256 "
                    + lookup.proof().policySHA256() + ")");
        }
        return lookup.policy(text.get())
                .<ProofState>map(policy -> new ProofState.Proven(lookup.proof(), policy, lookup.settings(policy)))
                .orElseGet(() -> unknown("this release cannot read the text of the proven policy"));
    }

    private static ProofState unknown(String reason) {
        return new ProofState.NotProven(reason, Optional.empty());
    }

    /** What the agent has found, not only failed to find out. */
    private static Optional<String> recordsNothing(AuditNodeStatus status) {
        var lost = status.conditions().stream()
                .filter(condition -> condition.type().equals(AUDITING))
                .filter(condition -> condition.status().equals(Condition.FALSE))
                .map(condition ->
                        "kube-apiserver does not record what it was last proven to record: " + condition.message())
                .findFirst();
        var gap = Optional.ofNullable(status.lastGap())
                .filter(last -> last.to() == null)
                .map(last -> "kube-apiserver has not recorded what it was last proven to record since " + last.from()
                        + ": " + last.why());
        var off = Optional.ofNullable(status.observed())
                .filter(seen -> seen.owner() != Observed.Owner.UNKNOWN && seen.policy() == null)
                .map(_ -> "kube-apiserver was observed to run without an audit policy");
        return lost.or(() -> gap).or(() -> off);
    }

    private Optional<String> doubt(AuditNodeObject node) {
        if (node.status().isEmpty()) {
            return Optional.of("its agent has not reported");
        }
        var status = node.status().get();
        if (status.phase() == Phase.UNMANAGED) {
            return Optional.of("it has left the control plane, and no agent renews its status");
        }
        if (node.proof().isEmpty()) {
            return Optional.of(withMessage("its agent has never proven what kube-apiserver runs", status));
        }
        var proof = node.proof().get();
        return age(proof)
                .or(() -> restarted(proof, node))
                .or(() -> auditing(status))
                .or(() -> running(proof, status));
    }

    private Optional<String> age(Proof proof) {
        if (proof.provenAt().plus(VALIDITY).isBefore(asOf)) {
            return Optional.of("the proof has expired: it was last renewed at " + proof.provenAt() + ", "
                    + Ages.between(proof.provenAt(), asOf) + " before, and counts for " + Ages.of(VALIDITY));
        }
        return proof.provenAt().isAfter(asOf.plus(VALIDITY))
                ? Optional.of("the proof is from the future, " + proof.provenAt() + ": synchronize the clocks")
                : Optional.empty();
    }

    /** A later process may run something else. */
    private static Optional<String> restarted(Proof proof, AuditNodeObject node) {
        return node.server()
                .map(KubeAPIServer::startedAt)
                .filter(startedAt -> startedAt.isAfter(proof.startedAt().plus(SAME_START)))
                .map(startedAt -> "the proof is about the process of " + proof.startedAt()
                        + ", and kube-apiserver was restarted at " + startedAt);
    }

    private static Optional<String> auditing(AuditNodeStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(AUDITING))
                .filter(condition -> !condition.status().equals(Condition.TRUE))
                .map(condition -> "the condition Auditing is " + condition.status() + ": " + condition.message())
                .findFirst();
    }

    private static Optional<String> running(Proof proof, AuditNodeStatus status) {
        var running = status.running();
        if (running == null) {
            return Optional.of(withMessage("no revision is proven to run now", status));
        }
        return running.revision().equals(proof.revision())
                ? Optional.empty()
                : Optional.of(
                        "the proof is about revision " + proof.revision() + ", and " + running.revision() + " runs");
    }

    private static String withMessage(String text, AuditNodeStatus status) {
        return status.message() == null || status.message().isEmpty() ? text : text + ": " + status.message();
    }
}
