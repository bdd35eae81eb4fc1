package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.controller.enroll.Member;
import dev.auditpolicy.rollout.ClusterState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, updates and deletes the AuditNode of each Node and enrolled host of the control plane. */
public final class AuditNodeWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AuditNodeWriter.class);

    private static final String LEFT = "this node has lost the label " + Api.CONTROL_PLANE_LABEL
            + " and is no longer managed: its kube-apiserver keeps the audit configuration that it was last verified to run."
            + " If that is a mistake, label the Node again; otherwise run auditpolicy restore on the node";

    private final Cluster cluster;

    public AuditNodeWriter(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Writes the spec of every AuditNode: {@code desired}, or {@code committed} while the node is joining. */
    void write(AuditNodeSpec desired, Optional<AuditNodeSpec> committed, Observation observation) {
        for (var state : observation.states()) {
            write(
                    state.name(),
                    state.joining().isPresent()
                            ? committed
                                    .map(spec -> spec.with(desired.takeover()))
                                    .orElse(desired)
                            : desired,
                    observation);
        }
        deleteOrphans(observation);
    }

    /** Writes only the specs of nodes that are joining. */
    void writeJoining(AuditNodeSpec committed, Observation observation) {
        observation.states().stream()
                .filter(state -> state.joining().isPresent())
                .forEach(state -> write(state.name(), committed, observation));
    }

    private void write(String name, AuditNodeSpec spec, Observation observation) {
        var existing = Optional.ofNullable(observation.auditNodes().get(name));
        existing.ifPresentOrElse(auditNode -> update(auditNode, spec), () -> observation.members().stream()
                .filter(member -> member.name().equals(name))
                .forEach(member -> create(member, spec)));
    }

    /**
     * Asks the agents to give their nodes back. Each gets what it had as spec, so that its agent knows what is the operator's.
     *
     * @param desired for a node that has no spec; empty if none was ever valid
     * @param generation of the AuditPolicy
     */
    void restore(
            String id, Optional<AuditNodeSpec> desired, Long generation, Rollout rollout, Observation observation) {
        for (var state : observation.states()) {
            Optional.ofNullable(observation.auditNodes().get(state.name()))
                    .map(AuditNode::getSpec)
                    .or(() -> desired)
                    .map(spec -> spec.restoring(id, generation, rollout.drainSeconds(), rollout.verifyTimeoutSeconds()))
                    .ifPresent(spec -> write(state.name(), spec, observation));
        }
    }

    /** Creates the AuditNodes that are missing, without a spec: nothing is desired yet, and their agents only observe. */
    void createMissing(Observation observation) {
        observation.members().stream()
                .filter(member -> !observation.auditNodes().containsKey(member.name()))
                .forEach(member -> create(member, null));
    }

    /**
     * Ends what is left of nodes that are not part of the control plane, of hosts that are not enrolled any
     * more, and what an earlier Node of the name had. If a Node has
     * only lost its label and keeps what this operator has configured there, its AuditNode says so until the Node is gone.
     */
    void deleteOrphans(Observation observation) {
        observation.auditNodes().values().stream()
                .filter(auditNode -> !isDeleted(auditNode))
                .filter(auditNode -> observation.members().stream().noneMatch(member -> member.has(auditNode)))
                .forEach(this::endOrphan);
    }

    private void endOrphan(AuditNode auditNode) {
        var status = auditNode.getStatus();
        // A turn must end first, and its time counts from the deletion.
        if (status == null
                || status.proof() == null
                || status.activeTurnID() != null
                || isProtected(auditNode)
                || !hasNode(auditNode)) {
            delete(auditNode);
        } else if (status.phase() != Phase.UNMANAGED) {
            auditNode.setStatus(status.unmanaged(LEFT));
            cluster.auditNodes()
                    .resource(auditNode)
                    .lockResourceVersion(auditNode.getMetadata().getResourceVersion())
                    .updateStatus();
            LOG.atInfo()
                    .addKeyValue("node", auditNode.getMetadata().getName())
                    .log("Node has left the control plane with its configuration");
        }
    }

    private boolean hasNode(AuditNode auditNode) {
        return cluster.node(auditNode.getMetadata().getName())
                .filter(node -> new Member.OfNode(node).has(auditNode))
                .isPresent();
    }

    /** Protects the AuditNode of a node that is about to get a turn. Its agent starts no turn otherwise. */
    void protect(String name, Observation observation) {
        Optional.ofNullable(observation.auditNodes().get(name))
                .filter(auditNode -> !isProtected(auditNode))
                .ifPresent(auditNode -> setFinalizers(auditNode, List.of(Api.TURN_FINALIZER)));
    }

    /** Ends the protection of each AuditNode whose node has no turn any more. */
    void release(ClusterState cluster, Observation observation) {
        observation.auditNodes().values().stream()
                .filter(AuditNodeWriter::isProtected)
                .filter(auditNode -> !cluster.isInTurn(auditNode.getMetadata().getName()))
                .forEach(auditNode -> setFinalizers(auditNode, List.of()));
    }

    private static boolean isProtected(AuditNode auditNode) {
        return auditNode.getMetadata().getFinalizers().contains(Api.TURN_FINALIZER);
    }

    private void setFinalizers(AuditNode auditNode, List<String> ours) {
        var others = auditNode.getMetadata().getFinalizers().stream()
                .filter(finalizer -> !finalizer.equals(Api.TURN_FINALIZER));
        auditNode
                .getMetadata()
                .setFinalizers(Stream.concat(others, ours.stream()).toList());
        var updated = cluster.auditNodes()
                .resource(auditNode)
                .lockResourceVersion(auditNode.getMetadata().getResourceVersion())
                .update();
        auditNode.setMetadata(updated.getMetadata());
    }

    private void create(Member member, @Nullable AuditNodeSpec desired) {
        var auditNode = member.newAuditNode();
        auditNode.setSpec(desired);
        cluster.auditNodes().resource(auditNode).create();
        LOG.atInfo()
                .addKeyValue("node", member.name())
                .addKeyValue("revision", desired == null ? "" : desired.revision())
                .log("Created AuditNode");
    }

    private void update(AuditNode auditNode, AuditNodeSpec desired) {
        var spec = keepPolicyText(auditNode.getSpec(), desired);
        if (isDeleted(auditNode) || spec.equals(auditNode.getSpec())) {
            return;
        }
        auditNode.setSpec(spec);
        var updated = cluster.auditNodes()
                .resource(auditNode)
                .lockResourceVersion(auditNode.getMetadata().getResourceVersion())
                .update();
        auditNode.setMetadata(updated.getMetadata());
        LOG.atInfo()
                .addKeyValue("node", auditNode.getMetadata().getName())
                .addKeyValue("revision", spec.target())
                .log("Updated AuditNode");
    }

    /**
     * If the revision is equal, the policy text is kept: a release that formats it differently must not restart
     * kube-apiserver. The log settings can then differ only in fields that are not flags.
     */
    private static AuditNodeSpec keepPolicyText(@Nullable AuditNodeSpec current, AuditNodeSpec desired) {
        return current == null || !current.revision().equals(desired.revision())
                ? desired
                : new AuditNodeSpec(
                        current.revision(),
                        desired.policyGeneration(),
                        current.policy(),
                        desired.log(),
                        desired.webhook(),
                        desired.drainSeconds(),
                        desired.verifyTimeoutSeconds(),
                        desired.takeover(),
                        desired.restore());
    }

    private void delete(AuditNode auditNode) {
        cluster.auditNodes().resource(auditNode).delete();
        LOG.atInfo().addKeyValue("node", auditNode.getMetadata().getName()).log("Deleted AuditNode");
    }

    private static boolean isDeleted(AuditNode auditNode) {
        return auditNode.getMetadata().getDeletionTimestamp() != null;
    }
}
