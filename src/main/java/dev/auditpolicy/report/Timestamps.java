package dev.auditpolicy.report;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.report.proof.AuditPolicyObject;
import dev.auditpolicy.report.proof.ClusterObjects;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The times in resources: the newest says how old a dump is at most. */
public final class Timestamps {

    private Timestamps() {}

    /** The newest; empty if there is none. */
    public static Optional<Instant> newest(ClusterObjects cluster) {
        return Stream.concat(
                        cluster.policy().stream().flatMap(Timestamps::ofPolicy),
                        cluster.nodes().stream()
                                .flatMap(node -> node.status().stream())
                                .flatMap(Timestamps::ofNode))
                .max(Comparator.naturalOrder());
    }

    private static Stream<Instant> ofPolicy(AuditPolicyObject policy) {
        return policy.status().stream()
                .flatMap(status -> status.conditions().stream())
                .map(Condition::lastTransitionTime);
    }

    private static Stream<Instant> ofNode(AuditNodeStatus status) {
        var conditions = status.conditions().stream().map(Condition::lastTransitionTime);
        var others = Stream.of(
                        Optional.ofNullable(status.proof()).map(Proof::provenAt),
                        Optional.ofNullable(status.kubeAPIServer()).map(KubeAPIServer::startedAt),
                        Optional.ofNullable(status.lastTurn()).map(TurnOutcome::endedAt))
                .flatMap(Optional::stream);
        return Stream.concat(conditions, others);
    }
}
