package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.controller.Observer.Observation;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;
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

    private void deleteOrphans(Observation observation) {
        observation.auditNodes().values().stream()
                .filter(auditNode -> observation.nodes().stream().noneMatch(node -> sameName(node, auditNode)))
                .forEach(this::delete);
    }

    private void create(Node node, AuditNodeSpec desired) {
        var auditNode = new AuditNode();
        auditNode.setMetadata(new ObjectMetaBuilder()
                .withName(node.getMetadata().getName())
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
        if (spec.equals(auditNode.getSpec())) {
            return;
        }
        auditNode.setSpec(spec);
        cluster.auditNodes()
                .resource(auditNode)
                .lockResourceVersion(auditNode.getMetadata().getResourceVersion())
                .update();
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

    private static boolean sameName(Node node, AuditNode auditNode) {
        return node.getMetadata().getName().equals(auditNode.getMetadata().getName());
    }
}
