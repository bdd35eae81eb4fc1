package dev.auditpolicy.controller;

import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.controller.Compilation.Compiled;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.controller.enroll.Restoration;
import dev.auditpolicy.controller.metrics.ClusterMeters;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.NodeState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
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
 * Gives the nodes back while an AuditPolicy with deletionPolicy Restore is being deleted, one at a time and on turns, as a rollout
 * does. The SDK reconciles no object that is being deleted unless it puts a finalizer on each, so this reconciles Nodes: the
 * first by name stands for all.
 */
@ControllerConfiguration(
        name = "auditpolicy-restoration",
        informer = @Informer(labelSelector = Api.CONTROL_PLANE_LABEL, comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 15_000)
public final class RestorationReconciler implements Reconciler<Node>, Restoration {

    private static final Logger LOG = LoggerFactory.getLogger(RestorationReconciler.class);

    /** For what no watch reports. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Observer observer;
    private final Compiler compiler;
    private final AuditNodeWriter auditNodeWriter;
    private final TurnDecider turns;
    private final RestorationStatus statuses;
    private final StatusWriter statusWriter;
    private final ClusterMeters clusterMeters;

    public RestorationReconciler(
            Cluster cluster,
            Observer observer,
            Compiler compiler,
            StatusFactory statusFactory,
            StatusWriter statusWriter,
            InstantSource clock,
            OwnNode ownNode,
            ClusterMeters clusterMeters) {
        this.cluster = cluster;
        this.observer = observer;
        this.compiler = compiler;
        this.auditNodeWriter = new AuditNodeWriter(cluster);
        this.turns = new TurnDecider(auditNodeWriter, clock, ownNode);
        this.statuses = new RestorationStatus(statusFactory);
        this.statusWriter = statusWriter;
        this.clusterMeters = clusterMeters;
    }

    @Override
    public UpdateControl<Node> reconcile(Node node, Context<Node> context) {
        var first = context.getPrimaryCache()
                .list()
                .map(other -> other.getMetadata().getName())
                .min(String::compareTo);
        return first.filter(node.getMetadata().getName()::equals)
                .flatMap(_ -> step())
                .map(interval -> UpdateControl.<Node>noUpdate().rescheduleAfter(interval))
                .orElseGet(UpdateControl::noUpdate);
    }

    /** Does what can be done now; returns when to try again. */
    @Override
    public Optional<Duration> step() {
        return cluster.auditPolicy()
                .filter(HasMetadata::isMarkedForDeletion)
                .filter(Cluster::hasRestoreFinalizer)
                .flatMap(this::step);
    }

    private Optional<Duration> step(AuditPolicy policy) {
        var spec = Optional.ofNullable(policy.getSpec());
        if (spec.filter(known -> !known.restoresOnDeletion()).isPresent()) {
            finish(policy, "Nodes stay as they run: deletionPolicy is Retain");
            return Optional.empty();
        }
        var observation = observer.observe(Optional.empty());
        var id = id(policy);
        var desired = desired(policy, observation);
        var nodes = nodes(desired.isPresent(), observation);
        var state = turns.state(policy, id, nodes, observation, Optional.empty());
        auditNodeWriter.release(state, observation);
        auditNodeWriter.restore(id, desired, policy.getMetadata().getGeneration(), state.rollout(), observation);
        auditNodeWriter.deleteOrphans(observation);
        // A kube-apiserver without a Node, which a rollout waits for, has nothing that could be asked for.
        var decision = nodes.stream().allMatch(node -> node.isDone(id))
                ? new Decision.Complete()
                : turns.decide(state, observation);
        var status = statuses.of(policy, id, nodes, decision);
        statusWriter.write(policy, status);
        clusterMeters.update(
                policy.getMetadata().getUid(), status, observation.auditNodes().values());
        if (decision instanceof Decision.Complete) {
            finish(cluster.auditPolicy().orElse(policy), "Every node has what it had before the first change");
            return Optional.empty();
        }
        return Polling.interval(decision, state.turn().isPresent()).or(() -> Optional.of(RETRY));
    }

    private void finish(AuditPolicy policy, String why) {
        cluster.setRestoreFinalizer(policy, false);
        LOG.atInfo().addKeyValue("reason", why).log("Finalizer removed");
    }

    /** Another one for each generation: a change of the spec repeats what has failed. Never one of an earlier AuditPolicy. */
    private static String id(AuditPolicy policy) {
        var metadata = policy.getMetadata();
        return "restore-" + metadata.getUid().substring(0, 8) + "-" + metadata.getGeneration();
    }

    /** An AuditPolicy that was never valid has brought nothing to a node without a spec. */
    private static List<NodeState> nodes(boolean isValid, Observation observation) {
        return observation.states().stream()
                .filter(state -> isValid
                        || Optional.ofNullable(observation.auditNodes().get(state.name()))
                                .filter(node -> node.getSpec() != null || node.hasUnreadableSpec())
                                .isPresent())
                .toList();
    }

    private Optional<AuditNodeSpec> desired(AuditPolicy policy, Observation observation) {
        return compiler.compile(policy, observation) instanceof Compiled compiled
                ? Optional.of(compiled.spec())
                : Optional.empty();
    }

    @Override
    public List<EventSource<?, Node>> prepareEventSources(EventSourceContext<Node> context) {
        var auditNodes = InformerEventSourceConfiguration.from(AuditNode.class, Node.class)
                .withSecondaryToPrimaryMapper(_ -> all(context))
                .build();
        var policies = InformerEventSourceConfiguration.from(AuditPolicy.class, Node.class)
                .withSecondaryToPrimaryMapper(policy -> policy.isMarkedForDeletion() ? all(context) : Set.of())
                .build();
        return List.of(new InformerEventSource<>(auditNodes, context), new InformerEventSource<>(policies, context));
    }

    private static Set<ResourceID> all(EventSourceContext<Node> context) {
        return context.getPrimaryCache().list().map(ResourceID::fromResource).collect(toSet());
    }
}
