package dev.auditpolicy.controller.enroll;

import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Gives each control-plane Node an AuditNode while there is no AuditPolicy, so that a cluster is seen before it is owned. It
 * writes no spec: an agent never changes a node without one. As soon as there is an AuditPolicy, its reconciler does all of this.
 */
@ControllerConfiguration(
        name = "auditnode",
        informer = @Informer(labelSelector = Api.CONTROL_PLANE_LABEL, comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 10, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 15_000)
public final class EnrollmentReconciler implements Reconciler<Node> {

    private final ObservationOnly observationOnly;

    public EnrollmentReconciler(KubernetesClient client) {
        this.observationOnly = new ObservationOnly(client);
    }

    @Override
    public UpdateControl<Node> reconcile(Node node, Context<Node> context) {
        observationOnly.apply(new Member.OfNode(node));
        return UpdateControl.noUpdate();
    }

    /** A status changes nothing here. */
    @Override
    public List<EventSource<?, Node>> prepareEventSources(EventSourceContext<Node> context) {
        var auditNodes = InformerEventSourceConfiguration.from(AuditNode.class, Node.class)
                .withSecondaryToPrimaryMapper(auditNode ->
                        Set.of(new ResourceID(auditNode.getMetadata().getName())))
                .withOnUpdateFilter((now, before) -> !Objects.equals(
                                now.getMetadata().getGeneration(),
                                before.getMetadata().getGeneration())
                        || !Objects.equals(
                                now.getMetadata().getOwnerReferences(),
                                before.getMetadata().getOwnerReferences()))
                .build();
        var policies = InformerEventSourceConfiguration.from(AuditPolicy.class, Node.class)
                .withSecondaryToPrimaryMapper(_ -> context.getPrimaryCache()
                        .list()
                        .map(ResourceID::fromResource)
                        .collect(toSet()))
                .withOnUpdateFilter((_, _) -> false)
                .build();
        return List.of(new InformerEventSource<>(auditNodes, context), new InformerEventSource<>(policies, context));
    }
}
