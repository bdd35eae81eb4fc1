package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.rollout.ClusterState;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, updates and deletes the AuditNode of each Node of the control plane. */
public final class AuditNodeWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AuditNodeWriter.class);

    private final Cluster cluster;

    public AuditNodeWriter(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Writes the spec of every AuditNode: {@code desired}, or {@code committed} while the node is joining. */
    void write(AuditNodeSpec desired, Optional<AuditNodeSpec> committed, Observation observation) {
        for (var state : observation.states()) {
            write(state.name(), state.joining().isPresent() ? committed.orElse(desired) : desired, observation);
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
        existing.ifPresentOrElse(auditNode -> update(auditNode, spec), () -> observation.nodes().stream()
                .filter(node -> node.getMetadata().getName().equals(name))
                .forEach(node -> create(node, spec)));
    }

    /** Deletes the AuditNodes of nodes that are not part of the control plane. */
    void deleteOrphans(Observation observation) {
        observation.auditNodes().values().stream()
                .filter(auditNode -> !isDeleted(auditNode))
                .filter(auditNode -> observation.nodes().stream().noneMatch(node -> sameName(node, auditNode)))
                .forEach(this::delete);
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

    private void create(Node node, AuditNodeSpec desired) {
        var auditNode = new AuditNode();
        auditNode.setMetadata(new ObjectMetaBuilder()
                .withName(node.getMetadata().getName())
                .withLabels(Map.of(Api.HOSTNAME_LABEL, host(node)))
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(node.getMetadata().getName())
                        .withUid(node.getMetadata().getUid())
                        .build())
                .build());
        auditNode.setSpec(desired);
        cluster.auditNodes().resource(auditNode).create();
        LOG.atInfo()
                .addKeyValue("node", node.getMetadata().getName())
                .addKeyValue("revision", desired.revision())
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
                .addKeyValue("revision", spec.revision())
                .log("Updated AuditNode");
    }

    /**
     * If the revision is equal, the policy text is kept: a release that formats it differently must not restart
     * kube-apiserver. The log settings can then differ only in fields that are not flags.
     */
    private static AuditNodeSpec keepPolicyText(AuditNodeSpec current, AuditNodeSpec desired) {
        return current == null || !current.revision().equals(desired.revision())
                ? desired
                : new AuditNodeSpec(
                        current.revision(),
                        desired.policyGeneration(),
                        current.policy(),
                        desired.log(),
                        desired.drainSeconds(),
                        desired.verifyTimeoutSeconds());
    }

    private void delete(AuditNode auditNode) {
        cluster.auditNodes().resource(auditNode).delete();
        LOG.atInfo().addKeyValue("node", auditNode.getMetadata().getName()).log("Deleted AuditNode");
    }

    private static boolean isDeleted(AuditNode auditNode) {
        return auditNode.getMetadata().getDeletionTimestamp() != null;
    }

    static String host(Node node) {
        return Optional.ofNullable(node.getMetadata().getLabels())
                .map(labels -> labels.get(Api.HOSTNAME_LABEL))
                .orElseGet(() -> node.getMetadata().getName());
    }

    private static boolean sameName(Node node, AuditNode auditNode) {
        return node.getMetadata().getName().equals(auditNode.getMetadata().getName());
    }
}
