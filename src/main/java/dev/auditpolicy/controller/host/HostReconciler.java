package dev.auditpolicy.controller.host;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.controller.Cluster;
import dev.auditpolicy.controller.enroll.ApiServerHosts;
import dev.auditpolicy.controller.enroll.Member;
import dev.auditpolicy.controller.enroll.Members;
import dev.auditpolicy.controller.enroll.ObservationOnly;
import dev.auditpolicy.controller.enroll.Restoration;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for hosts what the reconcilers of Nodes cannot, since there may be no Node: gives the enrolled ones an AuditNode while there
 * is no AuditPolicy, and gives the nodes back while one is being deleted. Every cluster has an identity Lease; the first one by name
 * stands for all.
 */
@ControllerConfiguration(
        name = "auditpolicy-host",
        informer =
                @Informer(
                        namespaces = "kube-system",
                        labelSelector = Cluster.IDENTITY_LABEL + "=" + Cluster.IDENTITY,
                        onUpdateFilter = NoUpdates.class,
                        comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 15_000)
public final class HostReconciler implements Reconciler<Lease> {

    private static final Logger LOG = LoggerFactory.getLogger(HostReconciler.class);

    private final Cluster cluster;
    private final ObservationOnly observationOnly;
    private final Restoration restoration;
    private final InstantSource clock;

    public HostReconciler(KubernetesClient client, Restoration restoration, InstantSource clock) {
        this.cluster = new Cluster(client);
        this.observationOnly = new ObservationOnly(client);
        this.restoration = restoration;
        this.clock = clock;
    }

    @Override
    public UpdateControl<Lease> reconcile(Lease lease, Context<Lease> context) {
        var first = context.getPrimaryCache()
                .list()
                .map(other -> other.getMetadata().getName())
                .min(String::compareTo);
        return first.filter(lease.getMetadata().getName()::equals)
                .flatMap(_ -> step())
                .map(interval -> UpdateControl.<Lease>noUpdate().rescheduleAfter(interval))
                .orElseGet(UpdateControl::noUpdate);
    }

    private Optional<Duration> step() {
        var auditNodes = cluster.auditNodes().list().getItems();
        var members = members(auditNodes);
        if (cluster.auditPolicy().isEmpty()) {
            observeHosts(members, auditNodes);
            return Optional.empty();
        }
        // With a Node, its reconciler does it for the hosts, too. With neither, there is nobody who could be given
        // anything back.
        return !members.isEmpty() && members.stream().allMatch(Member.OfHost.class::isInstance)
                ? restoration.step()
                : Optional.empty();
    }

    private List<Member> members(List<AuditNode> auditNodes) {
        var known = auditNodes.stream().collect(toMap(node -> node.getMetadata().getName(), AuditNode::host));
        var hosts = ApiServerHosts.of(cluster.apiServerLeases(), clock.instant());
        return Members.of(cluster.controlPlaneNodes(), hosts, cluster.enrolledHosts(), known)
                .members();
    }

    private void observeHosts(List<Member> members, List<AuditNode> auditNodes) {
        members.stream().filter(Member.OfHost.class::isInstance).forEach(observationOnly::apply);
        auditNodes.stream()
                .filter(Member::isOfHost)
                .filter(auditNode -> auditNode.getMetadata().getDeletionTimestamp() == null)
                .filter(auditNode -> members.stream().noneMatch(member -> member.has(auditNode)))
                .forEach(this::delete);
    }

    private void delete(AuditNode auditNode) {
        cluster.auditNodes()
                .resource(auditNode)
                .lockResourceVersion(auditNode.getMetadata().getResourceVersion())
                .delete();
        LOG.atInfo()
                .addKeyValue("node", auditNode.getMetadata().getName())
                .log("Deleted AuditNode of a host that has left or is not enrolled");
    }

    @Override
    public List<EventSource<?, Lease>> prepareEventSources(EventSourceContext<Lease> context) {
        var auditNodes = InformerEventSourceConfiguration.from(AuditNode.class, Lease.class)
                .withSecondaryToPrimaryMapper(_ -> all(context))
                .build();
        var policies = InformerEventSourceConfiguration.from(AuditPolicy.class, Lease.class)
                .withSecondaryToPrimaryMapper(_ -> all(context))
                .build();
        return List.of(new InformerEventSource<>(auditNodes, context), new InformerEventSource<>(policies, context));
    }

    private static Set<ResourceID> all(EventSourceContext<Lease> context) {
        return context.getPrimaryCache().list().map(ResourceID::fromResource).collect(toSet());
    }
}
