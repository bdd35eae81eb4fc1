package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.rollout.NodeState.Report;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sees the control plane as it is now. */
public final class Observer {

    /**
     * A live kube-apiserver renews its identity lease every 10 s; the lease of one that is gone stays for an hour. Two
     * minutes leave room for its restart and for a clock that is off.
     */
    private static final Duration LEASE_IS_LIVE = Duration.ofMinutes(2);

    /** An agent renews its proof every 5 min; three that were missed are no slow write. */
    private static final Duration PROOF_HOLDS = Duration.ofMinutes(15);

    private static final String HOSTNAME = "kubernetes.io/hostname";

    private final Cluster cluster;
    private final ApiServerReadiness readiness;
    private final InstantSource clock;

    public Observer(Cluster cluster, ApiServerReadiness readiness, InstantSource clock) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.readiness = requireNonNull(readiness, "readiness is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * What was seen.
     *
     * @param nodes the Nodes of the control plane
     * @param auditNodes by name, those without a Node included
     * @param states one for each Node
     * @param unmanaged host names of live kube-apiservers that no Node stands for
     */
    record Observation(
            List<Node> nodes, Map<String, AuditNode> auditNodes, List<NodeState> states, List<String> unmanaged) {

        Observation {
            nodes = List.copyOf(nodes);
            auditNodes = Map.copyOf(auditNodes);
            states = List.copyOf(states);
            unmanaged = List.copyOf(unmanaged);
        }
    }

    /** @param committed the revision that nodes which join are to be brought to first */
    Observation observe(Optional<String> committed) {
        var nodes = cluster.controlPlaneNodes();
        var auditNodes = cluster.auditNodes().list().getItems().stream()
                .collect(toMap(node -> node.getMetadata().getName(), identity()));
        var states = nodes.stream()
                .map(node -> node.getMetadata().getName())
                .map(name ->
                        state(name, Optional.ofNullable(auditNodes.get(name)).map(AuditNode::getStatus), committed))
                .toList();
        return new Observation(nodes, auditNodes, states, unmanaged(nodes));
    }

    private NodeState state(String name, Optional<AuditNodeStatus> status, Optional<String> committed) {
        var joining = committed.filter(revision -> NodeState.joins(
                revision, status.map(AuditNodeStatus::proof).isPresent(), status.map(AuditNodeStatus::lastTurn)));
        var report = status.filter(said -> said.phase() != null).map(this::report);
        var readySince =
                readiness.ask(name, status.map(AuditNodeStatus::kubeAPIServer).orElse(null));
        return new NodeState(name, report, readySince, joining);
    }

    private Report report(AuditNodeStatus said) {
        var hasExpired = said.phase() == Phase.EFFECTIVE && hasExpired(said.proof());
        return new Report(
                hasExpired ? Phase.PENDING : said.phase(),
                Optional.ofNullable(said.revision()).orElse(""),
                Optional.ofNullable(said.activeTurnID()),
                Optional.ofNullable(said.lastTurn()),
                hasExpired
                        ? "last proven at " + said.proof().provenAt() + ", and its agent has not renewed that"
                        : Optional.ofNullable(said.message()).orElse(""));
    }

    private boolean hasExpired(Proof proof) {
        return proof != null && proof.provenAt().plus(PROOF_HOLDS).isBefore(clock.instant());
    }

    private List<String> unmanaged(List<Node> nodes) {
        var known = nodes.stream()
                .map(node -> Optional.ofNullable(node.getMetadata().getLabels().get(HOSTNAME))
                        .orElse(node.getMetadata().getName()))
                .collect(toSet());
        return cluster.apiServerLeases().stream()
                .filter(this::isLive)
                .map(lease -> lease.getMetadata().getLabels().getOrDefault(HOSTNAME, "unknown host"))
                .filter(host -> !known.contains(host))
                .distinct()
                .sorted()
                .toList();
    }

    private boolean isLive(Lease lease) {
        var renewed = lease.getSpec().getRenewTime();
        return renewed != null && renewed.toInstant().isAfter(clock.instant().minus(LEASE_IS_LIVE));
    }
}
