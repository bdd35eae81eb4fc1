package dev.auditpolicy.controller.enroll;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a machine of the control plane an AuditNode without a spec while there is no AuditPolicy, so that a cluster is seen before it
 * is owned: an agent never changes a node without a spec.
 */
public final class ObservationOnly {

    private static final Logger LOG = LoggerFactory.getLogger(ObservationOnly.class);

    private final KubernetesClient client;

    public ObservationOnly(KubernetesClient client) {
        this.client = client;
    }

    /** Creates the AuditNode, or takes the spec out of it. Does nothing if there is an AuditPolicy. */
    public void apply(Member member) {
        // Read before the AuditPolicy: a spec that its reconciler writes meanwhile makes the update below fail.
        var auditNode = Optional.ofNullable(
                client.resources(AuditNode.class).withName(member.name()).get());
        if (client.resources(AuditPolicy.class).withName(AuditPolicy.NAME).get() != null) {
            return;
        }
        auditNode.ifPresentOrElse(existing -> update(existing, member), () -> create(member));
    }

    private void create(Member member) {
        client.resource(member.newAuditNode()).create();
        LOG.atInfo().addKeyValue("node", member.name()).log("Created AuditNode to observe the node");
    }

    private void update(AuditNode auditNode, Member member) {
        if (auditNode.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        if (!member.has(auditNode)) {
            client.resource(auditNode)
                    .lockResourceVersion(auditNode.getMetadata().getResourceVersion())
                    .delete();
            LOG.atInfo().addKeyValue("node", member.name()).log("Deleted AuditNode of an earlier node");
        } else if (auditNode.getSpec() != null || auditNode.hasUnreadableSpec()) {
            auditNode.setSpec(null);
            // A turn that has begun ends all the same: it is in the journal on the node.
            auditNode
                    .getMetadata()
                    .setFinalizers(auditNode.getMetadata().getFinalizers().stream()
                            .filter(finalizer -> !finalizer.equals(Api.TURN_FINALIZER))
                            .toList());
            client.resource(auditNode)
                    .lockResourceVersion(auditNode.getMetadata().getResourceVersion())
                    .update();
            LOG.atInfo().addKeyValue("node", member.name()).log("Nothing is desired of the node");
        }
    }
}
