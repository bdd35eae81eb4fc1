package dev.auditpolicy.controller.enroll;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine of the control plane, which has an AuditNode of its name. */
public sealed interface Member {

    /** The name of the AuditNode. */
    String name();

    /** The host name of its kube-apiserver, as the identity Lease has it. */
    String host();

    /** A new AuditNode without a spec: its agent only observes. */
    default AuditNode newAuditNode() {
        var auditNode = new AuditNode();
        auditNode.setMetadata(new ObjectMetaBuilder()
                .withName(name())
                .withLabels(Map.of(Api.HOSTNAME_LABEL, host()))
                .withOwnerReferences(owners())
                .build());
        return auditNode;
    }

    /** What the garbage collector deletes the AuditNode with. */
    List<OwnerReference> owners();

    /** Whether {@code auditNode} describes this machine. */
    boolean has(AuditNode auditNode);

    /** A Node with the label of the control plane. A DaemonSet runs its agent. */
    record OfNode(Node node) implements Member {

        @Override
        public String name() {
            return node.getMetadata().getName();
        }

        @Override
        public String host() {
            return Optional.ofNullable(node.getMetadata().getLabels())
                    .map(labels -> labels.get(Api.HOSTNAME_LABEL))
                    .orElseGet(this::name);
        }

        @Override
        public List<OwnerReference> owners() {
            return List.of(new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("Node")
                    .withName(name())
                    .withUid(node.getMetadata().getUid())
                    .build());
        }

        /**
         * Not that of an earlier Node of the same name: a machine that was replaced. What it states is about that machine, and the
         * garbage collector may take minutes to delete it.
         */
        @Override
        public boolean has(AuditNode auditNode) {
            return auditNode.getMetadata().getName().equals(name())
                    && uidOfNode(auditNode)
                            .filter(uid -> !uid.equals(node.getMetadata().getUid()))
                            .isEmpty();
        }
    }

    /** A host with a kube-apiserver and no Node. A service runs its agent, with the certificate of its enrollment. */
    record OfHost(String name, String host) implements Member {

        /** No cluster-scoped object stands for the host. */
        @Override
        public List<OwnerReference> owners() {
            return List.of();
        }

        /** Also that of its Node which has lost the label. */
        @Override
        public boolean has(AuditNode auditNode) {
            return auditNode.getMetadata().getName().equals(name);
        }
    }

    /** Whether the AuditNode was created for a host without a Node. */
    static boolean isOfHost(AuditNode auditNode) {
        return uidOfNode(auditNode).isEmpty();
    }

    private static Optional<String> uidOfNode(AuditNode auditNode) {
        return auditNode.getMetadata().getOwnerReferences().stream()
                .filter(owner -> owner.getKind().equals("Node"))
                .map(OwnerReference::getUid)
                .findFirst();
    }
}
