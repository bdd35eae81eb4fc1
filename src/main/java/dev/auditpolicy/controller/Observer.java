package dev.auditpolicy.controller;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.controller.enroll.ApiServerHosts;
import dev.auditpolicy.controller.enroll.LostNode;
import dev.auditpolicy.controller.enroll.Member;
import dev.auditpolicy.controller.enroll.Members;
import dev.auditpolicy.controller.enroll.MissingAgent;
import dev.auditpolicy.observed.ApiServerAbsence;
import dev.auditpolicy.rollout.DepartingNode;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.rollout.NodeState.Report;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
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

    /** A DaemonSet's pod, image pull included, takes less. */
    private static final Duration PASSED_OVER_AFTER = Duration.ofMinutes(5);

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
     * @param members the control-plane Nodes and the enrolled hosts
     * @param auditNodes by name, those of no member included
     * @param states one per member
     * @param departing the AuditNodes of no member
     * @param unmanaged host names of running kube-apiservers that belong to no member
     */
    record Observation(
            List<Member> members,
            Map<String, AuditNode> auditNodes,
            List<NodeState> states,
            List<DepartingNode> departing,
            List<String> unmanaged) {

        /** The AuditNodes of the members. */
        List<AuditNode> ofMembers() {
            return members.stream()
                    .flatMap(member -> Optional.ofNullable(auditNodes.get(member.name())).stream())
                    .toList();
        }

        Observation {
            members = List.copyOf(members);
            auditNodes = Map.copyOf(auditNodes);
            states = List.copyOf(states);
            departing = List.copyOf(departing);
            unmanaged = List.copyOf(unmanaged);
        }
    }

    /** @param committed the revision that joining nodes get first */
    Observation observe(Optional<String> committed) {
        var auditNodes = cluster.auditNodes().list().getItems().stream()
                .collect(toMap(node -> node.getMetadata().getName(), identity()));
        var hosts = ApiServerHosts.of(cluster.apiServerLeases(), clock.instant());
        var members =
                Members.of(cluster.controlPlaneNodes(), hosts, cluster.enrolledHosts(), hostsOf(auditNodes.values()));
        var states = members.members().stream()
                .map(member -> state(
                        member.name(),
                        Optional.of(member),
                        Optional.ofNullable(auditNodes.get(member.name())),
                        hosts,
                        committed))
                .toList();
        var names = members.members().stream().map(Member::name).collect(toSet());
        var departing = auditNodes.values().stream()
                .filter(auditNode -> !names.contains(auditNode.getMetadata().getName()))
                .map(auditNode -> departing(auditNode, hosts))
                .toList();
        return new Observation(members.members(), auditNodes, states, departing, members.unmanaged());
    }

    private static Map<String, String> hostsOf(Collection<AuditNode> auditNodes) {
        return auditNodes.stream().collect(toMap(node -> node.getMetadata().getName(), AuditNode::host));
    }

    private DepartingNode departing(AuditNode auditNode, ApiServerHosts hosts) {
        var name = auditNode.getMetadata().getName();
        var deleted = Optional.ofNullable(auditNode.getMetadata().getDeletionTimestamp())
                .map(Instant::parse)
                .orElseGet(clock::instant);
        return new DepartingNode(
                state(name, Optional.empty(), Optional.of(auditNode), hosts, Optional.empty()),
                deleted,
                hosts.live().contains(auditNode.host()));
    }

    /** @param member the Node or host, if it is part of the control plane */
    private NodeState state(
            String name,
            Optional<Member> member,
            Optional<AuditNode> auditNode,
            ApiServerHosts hosts,
            Optional<String> committed) {
        var isDeleted = auditNode
                .filter(existing -> existing.getMetadata().getDeletionTimestamp() != null
                        || member.filter(machine -> !machine.has(existing)).isPresent())
                .isPresent();
        var status = auditNode.map(AuditNode::getStatus);
        var joining = committed.filter(revision -> NodeState.joins(
                revision, status.map(AuditNodeStatus::proof).isPresent(), status.map(AuditNodeStatus::lastTurn)));
        var isNone = auditNode
                .filter(existing -> !hosts.live().contains(existing.host()))
                .filter(ApiServerAbsence::isReported)
                .isPresent();
        var lost = member.filter(machine -> !hosts.renewing().contains(machine.host()))
                .flatMap(LostNode::describe);
        var report = status.flatMap(known -> report(known, lost)).filter(last -> last.isRelevant(isDeleted || isNone));
        var ready =
                readiness.probe(name, status.map(AuditNodeStatus::kubeAPIServer).orElse(null));
        var missingAgent = auditNode
                .filter(_ -> !isDeleted)
                .filter(existing -> report.isEmpty() ? isOlderThan(existing, AGENT_REPORTS_WITHIN) : isSilent(existing))
                .flatMap(existing -> member.map(
                        machine -> missingAgent(machine, isNone, hosts.live().contains(existing.host()))));
        return new NodeState(
                name,
                report,
                ready,
                joining,
                missingAgent,
                missingAgent.isPresent() && report.isEmpty() && (isNone || isPassedOver(auditNode, hosts.live())));
    }

    private String missingAgent(Member member, boolean isNone, boolean runsApiServer) {
        return switch (member) {
            case Member.OfNode(var node) ->
                isNone
                        ? MissingAgent.ofNoApiServer(node)
                        : MissingAgent.describe(node, cluster.agentPods(), runsApiServer);
            case Member.OfHost host -> MissingAgent.ofHost(host.name(), runsApiServer);
        };
    }

    /** Whether the agent has not reported since the spec was written. One that acts reports at the end of its turn. */
    private boolean isSilent(AuditNode auditNode) {
        return Optional.ofNullable(auditNode.getStatus())
                        .filter(status -> status.activeTurnID() == null)
                        .filter(status ->
                                !auditNode.getMetadata().getGeneration().equals(status.observedGeneration()))
                        .isPresent()
                && LastWrite.of(auditNode.getMetadata())
                        .filter(at -> at.plus(AGENT_REPORTS_WITHIN).isBefore(clock.instant()))
                        .isPresent();
    }

    private boolean isOlderThan(AuditNode auditNode, Duration age) {
        return Instant.parse(auditNode.getMetadata().getCreationTimestamp())
                .plus(age)
                .isBefore(clock.instant());
    }

    /** Who reports later than that probably never will. */
    private boolean isPassedOver(Optional<AuditNode> auditNode, Set<String> hosts) {
        return auditNode
                .filter(node -> !hosts.contains(node.host()))
                .filter(node -> isOlderThan(node, PASSED_OVER_AFTER))
                .isPresent();
    }

    /** @param lost why whatever the agent has reported is no longer so */
    private Optional<Report> report(AuditNodeStatus status, Optional<String> lost) {
        var invalid = Optional.ofNullable(status.phase())
                .filter(Phase.EFFECTIVE::equals)
                .flatMap(_ -> lost.or(() -> invalidProof(Optional.ofNullable(status.proof()))));
        return Optional.ofNullable(status.phase())
                // No agent has reported that, or since.
                .filter(phase -> phase != Phase.UNMANAGED)
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
}
