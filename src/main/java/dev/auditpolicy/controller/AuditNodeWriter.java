package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.controller.Observer.Observation;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one AuditNode for each Node of the control plane, with what the Node is to run. */
public final class AuditNodeWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AuditNodeWriter.class);

    private final Cluster cluster;

    public AuditNodeWriter(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    /** Writes what every node is to run: {@code wanted}, or {@code committed} while the node is joining. */
    void write(AuditNodeSpec wanted, Optional<AuditNodeSpec> committed, Observation seen) {
        for (var state : seen.states()) {
            write(state.name(), state.joining().isPresent() ? committed.orElse(wanted) : wanted, seen);
        }
        deleteOrphans(seen);
    }

    /** Writes what nodes that join are to run; the others stay as they are. */
    void writeJoining(AuditNodeSpec committed, Observation seen) {
        seen.states().stream()
                .filter(state -> state.joining().isPresent())
                .forEach(state -> write(state.name(), committed, seen));
    }

    private void write(String name, AuditNodeSpec spec, Observation seen) {
        var existing = Optional.ofNullable(seen.auditNodes().get(name));
        existing.ifPresentOrElse(auditNode -> update(auditNode, spec), () -> seen.nodes().stream()
                .filter(node -> node.getMetadata().getName().equals(name))
                .forEach(node -> create(node, spec)));
    }

    private void deleteOrphans(Observation seen) {
        seen.auditNodes().values().stream()
                .filter(auditNode -> seen.nodes().stream().noneMatch(node -> sameName(node, auditNode)))
                .forEach(this::delete);
    }

    private void create(Node node, AuditNodeSpec wanted) {
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
        auditNode.setSpec(wanted);
        cluster.auditNodes().resource(auditNode).create();
        LOG.atInfo()
                .addKeyValue("node", node.getMetadata().getName())
                .addKeyValue("revision", wanted.revision())
                .log("Created AuditNode");
    }

    private void update(AuditNode auditNode, AuditNodeSpec wanted) {
        var spec = keepingText(auditNode.getSpec(), wanted);
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
     * An equal revision behaves the same, so its text stays: a release of ours that formats it otherwise must not
     * restart anything. Settings of the log may differ by then only in what is no flag.
     */
    private static AuditNodeSpec keepingText(AuditNodeSpec present, AuditNodeSpec wanted) {
        return present == null || !present.revision().equals(wanted.revision())
                ? wanted
                : new AuditNodeSpec(
                        present.revision(),
                        wanted.policyGeneration(),
                        present.policy(),
                        wanted.log(),
                        wanted.drainSeconds(),
                        wanted.verifyTimeoutSeconds());
    }

    private void delete(AuditNode auditNode) {
        cluster.auditNodes().resource(auditNode).delete();
        LOG.atInfo().addKeyValue("node", auditNode.getMetadata().getName()).log("Deleted AuditNode");
    }

    private static boolean sameName(Node node, AuditNode auditNode) {
        return node.getMetadata().getName().equals(auditNode.getMetadata().getName());
    }
}
