package dev.auditpolicy.controller;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.rollout.ClusterState;
import dev.auditpolicy.rollout.DepartingNode;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.rollout.NodeState.Report;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Observes the current state of the control plane. */
public final class Observer {

    /** An agent renews its proof every 5 min. */
    private static final Duration PROOF_EXPIRES_AFTER = Duration.ofMinutes(15);

    /**
     * An agent that runs reports within one period of its loop, 10 s, after its AuditNode was created; the rest is for
     * its start. Together with {@link Polling}, a node without an agent is named within a minute.
     */
    private static final Duration AGENT_REPORTS_WITHIN = Duration.ofSeconds(45);

    private final Cluster cluster;
    private final ApiServerReadiness readiness;
    private final InstantSource clock;

    public Observer(Cluster cluster, ApiServerReadiness readiness, InstantSource clock) {
        this.cluster = cluster;
        this.readiness = readiness;
        this.clock = clock;
    }

    /**
     * The observed state.
     *
     * @param nodes the control-plane Nodes
     * @param auditNodes by name, those without a Node included
     * @param states one per Node
     * @param departing the AuditNodes without a control-plane Node
     * @param unmanaged host names of running kube-apiservers without a control-plane Node
     */
    record Observation(
            List<Node> nodes,
            Map<String, AuditNode> auditNodes,
            List<NodeState> states,
            List<DepartingNode> departing,
            List<String> unmanaged) {

        Observation {
            nodes = List.copyOf(nodes);
            auditNodes = Map.copyOf(auditNodes);
            states = List.copyOf(states);
            departing = List.copyOf(departing);
            unmanaged = List.copyOf(unmanaged);
        }
    }

    /** @param committed the revision that joining nodes get first */
    Observation observe(Optional<String> committed) {
        var nodes = cluster.controlPlaneNodes();
        var auditNodes = cluster.auditNodes().list().getItems().stream()
                .collect(toMap(node -> node.getMetadata().getName(), identity()));
        var hosts = hostsOfLiveApiServers();
        var states = nodes.stream()
                .map(node -> node.getMetadata().getName())
                .map(name -> state(name, Optional.ofNullable(auditNodes.get(name)), hosts, committed))
                .toList();
        var names = nodes.stream().map(node -> node.getMetadata().getName()).collect(toSet());
        var departing = auditNodes.values().stream()
                .filter(auditNode -> !names.contains(auditNode.getMetadata().getName()))
                .map(auditNode -> departing(auditNode, hosts))
                .toList();
        return new Observation(nodes, auditNodes, states, departing, unmanaged(nodes, hosts));
    }

    private DepartingNode departing(AuditNode auditNode, Set<String> hosts) {
        var name = auditNode.getMetadata().getName();
        var deleted = Optional.ofNullable(auditNode.getMetadata().getDeletionTimestamp())
                .map(Instant::parse)
                .orElseGet(clock::instant);
        return new DepartingNode(
                state(name, Optional.of(auditNode), hosts, Optional.empty()),
                deleted,
                hosts.contains(auditNode.host()));
    }

    private NodeState state(String name, Optional<AuditNode> auditNode, Set<String> hosts, Optional<String> committed) {
        var isDeleted = auditNode
                .filter(node -> node.getMetadata().getDeletionTimestamp() != null)
                .isPresent();
        var status = auditNode.map(AuditNode::getStatus);
        var joining = committed.filter(revision -> NodeState.joins(
                revision, status.map(AuditNodeStatus::proof).isPresent(), status.map(AuditNodeStatus::lastTurn)));
        var report = status.flatMap(this::report).filter(last -> last.isRelevant(isDeleted));
        var ready =
                readiness.probe(name, status.map(AuditNodeStatus::kubeAPIServer).orElse(null));
        var missingAgent = auditNode
                .filter(_ -> report.isEmpty() && !isDeleted)
                .filter(this::isOverdue)
                .map(node -> missingAgent(name, hosts.contains(node.host())));
        return new NodeState(name, report, ready, joining, missingAgent);
    }

    private boolean isOverdue(AuditNode auditNode) {
        return Instant.parse(auditNode.getMetadata().getCreationTimestamp())
                .plus(AGENT_REPORTS_WITHIN)
                .isBefore(clock.instant());
    }

    private static String missingAgent(String name, boolean runsApiServer) {
        return runsApiServer
                ? "no agent has reported from node " + name + ", which runs a kube-apiserver: check its agent"
                        + " (kubectl -n auditpolicy-system get pods -o wide)"
                : "neither an agent nor a kube-apiserver has reported from node " + name + ": if it is not part of the"
                        + " control plane, remove its label (kubectl label node " + name + " " + Cluster.CONTROL_PLANE
                        + "-); otherwise check its kubelet";
    }

    private Optional<Report> report(AuditNodeStatus status) {
        var invalid = Optional.ofNullable(status.phase())
                .filter(Phase.EFFECTIVE::equals)
                .flatMap(_ -> invalidProof(Optional.ofNullable(status.proof())));
        return Optional.ofNullable(status.phase())
                .map(phase -> new Report(
                        invalid.isPresent() ? Phase.PENDING : phase,
                        Optional.ofNullable(status.revision()).orElse(""),
                        Optional.ofNullable(status.activeTurnID()),
                        Optional.ofNullable(status.lastTurn()),
                        invalid.or(() -> Optional.ofNullable(status.message())).orElse(""),
                        unverifiedSince(status)));
    }

    /** An Acting node is not verified either, so that the condition may be older than the end of the turn. */
    private static Optional<Instant> unverifiedSince(AuditNodeStatus status) {
        return status.conditions().stream()
                .filter(_ -> status.phase() == Phase.PENDING)
                .filter(condition -> condition.reason().equals("NotProven"))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .map(since -> Optional.ofNullable(status.lastTurn())
                        .map(TurnOutcome::endedAt)
                        .filter(since::isBefore)
                        .orElse(since));
    }

    /** Why a proof counts no longer. One from the future would never expire. */
    private Optional<String> invalidProof(Optional<Proof> proof) {
        if (proof.isEmpty()) {
            return Optional.of("the agent reports Effective without a proof");
        }
        var now = clock.instant();
        var provenAt = proof.get().provenAt();
        if (provenAt.plus(PROOF_EXPIRES_AFTER).isBefore(now)) {
            return Optional.of("proof expired; last renewed at " + provenAt);
        }
        return provenAt.isAfter(now.plus(PROOF_EXPIRES_AFTER))
                ? Optional.of("proof from the future, " + provenAt
                        + ": synchronize the clocks of this node and of the controller's node")
                : Optional.empty();
    }

    private static List<String> unmanaged(List<Node> nodes, Set<String> hosts) {
        var known = nodes.stream().map(AuditNodeWriter::host).collect(toSet());
        return hosts.stream().filter(host -> !known.contains(host)).sorted().toList();
    }

    private Set<String> hostsOfLiveApiServers() {
        return cluster.apiServerLeases().stream()
                .filter(this::isLive)
                .map(lease -> lease.getMetadata().getLabels().getOrDefault(Api.HOSTNAME_LABEL, "unknown host"))
                .collect(toSet());
    }

    private boolean isLive(Lease lease) {
        return Optional.ofNullable(lease.getSpec())
                .map(LeaseSpec::getRenewTime)
                .filter(renewed -> renewed.toInstant().isAfter(clock.instant().minus(ClusterState.LEASE_EXPIRES_AFTER)))
                .isPresent();
    }
}
