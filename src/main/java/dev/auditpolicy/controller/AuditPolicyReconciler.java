package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicySpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.controller.Compilation.Compiled;
import dev.auditpolicy.controller.Compilation.Refused;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.rollout.ClusterState;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.TurnPlanner;
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

/**
 * Observe, decide, write. One write of the status holds the turn and all that is told about it, and succeeds only if
 * nobody has changed the AuditPolicy since it was read.
 */
@ControllerConfiguration(
        name = "auditpolicy",
        informer = @Informer(comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 15_000)
public final class AuditPolicyReconciler implements Reconciler<AuditPolicy> {

    /** While something is under way: what readiness is sampled at, so short against minReadySeconds. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Observer observer;
    private final Compiler compiler;
    private final AuditNodeWriter auditNodes;
    private final TurnPlanner planner;
    private final StatusFactory statuses;
    private final StatusWriter writer;
    private final InstantSource clock;
    private final OwnNode ownNode;
    private final CommittedRevisions revisions;
    private final ClusterMeters meters;

    public AuditPolicyReconciler(
            Cluster cluster,
            Observer observer,
            Compiler compiler,
            StatusFactory statuses,
            StatusWriter writer,
            InstantSource clock,
            OwnNode ownNode,
            CommittedRevisions revisions,
            ClusterMeters meters) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.observer = requireNonNull(observer, "observer is null");
        this.compiler = requireNonNull(compiler, "compiler is null");
        this.auditNodes = new AuditNodeWriter(cluster);
        this.planner = new TurnPlanner();
        this.statuses = requireNonNull(statuses, "statuses is null");
        this.writer = requireNonNull(writer, "writer is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.ownNode = requireNonNull(ownNode, "ownNode is null");
        this.revisions = requireNonNull(revisions, "revisions is null");
        this.meters = requireNonNull(meters, "meters is null");
    }

    @Override
    public UpdateControl<AuditPolicy> reconcile(AuditPolicy cached, Context<AuditPolicy> context) {
        var policy = cluster.auditPolicy();
        if (policy.isEmpty()) {
            meters.clear();
            return UpdateControl.noUpdate();
        }
        var committed = committed(policy.get());
        var seen = observer.observe(committed.map(AuditNodeSpec::revision));
        var status =
                switch (compiler.compile(policy.get(), seen)) {
                    case Compiled compiled -> accepted(policy.get(), compiled, committed, seen);
                    case Refused refused -> refused(policy.get(), refused, committed, seen);
                };
        writer.write(policy.get(), status);
        meters.update(status, seen.auditNodes().values());
        return Conditions.needsPolling(status)
                ? UpdateControl.<AuditPolicy>noUpdate().rescheduleAfter(UNDER_WAY)
                : UpdateControl.noUpdate();
    }

    private Optional<AuditNodeSpec> committed(AuditPolicy policy) {
        return Optional.ofNullable(policy.getStatus())
                .map(AuditPolicyStatus::committedRevision)
                .flatMap(revisions::find);
    }

    private AuditPolicyStatus accepted(
            AuditPolicy policy, Compiled compiled, Optional<AuditNodeSpec> committed, Observation seen) {
        auditNodes.write(compiled.spec(), committed, seen);
        var revision = compiled.spec().revision();
        var decision = planner.decide(state(policy, revision, policy.getSpec().rollout(), seen));
        if (decision instanceof Decision.Complete) {
            revisions.keep(compiled.spec());
        }
        return statuses.accepted(policy, revision, compiled.findings(), seen.states(), decision);
    }

    /**
     * A refused spec changes no node, but one that joins still gets what the others run; a turn that was given before is
     * ended, or taken back if nobody answered it.
     */
    private AuditPolicyStatus refused(
            AuditPolicy policy, Refused refused, Optional<AuditNodeSpec> committed, Observation seen) {
        committed.ifPresent(spec -> auditNodes.writeJoining(spec, seen));
        var rollout = Optional.ofNullable(policy.getSpec())
                .map(AuditPolicySpec::rollout)
                .orElse(new Rollout(null, null, null, null));
        var decision = planner.decide(state(policy, "", rollout, seen));
        return statuses.refused(policy, seen.states(), refused.message(), decision);
    }

    private ClusterState state(AuditPolicy policy, String revision, Rollout rollout, Observation seen) {
        var turn = Optional.ofNullable(policy.getStatus()).map(AuditPolicyStatus::turn);
        return new ClusterState(
                revision, rollout, turn, seen.states(), ownNode.name(), seen.unmanaged(), clock.instant());
    }

    @Override
    public List<EventSource<?, AuditPolicy>> prepareEventSources(EventSourceContext<AuditPolicy> context) {
        var nodes = InformerEventSourceConfiguration.from(Node.class, AuditPolicy.class)
                .withLabelSelector(Cluster.CONTROL_PLANE)
                .withSecondaryToPrimaryMapper(_ -> singleton())
                .build();
        var auditNodeChanges = InformerEventSourceConfiguration.from(AuditNode.class, AuditPolicy.class)
                .withSecondaryToPrimaryMapper(_ -> singleton())
                .build();
        return List.of(new InformerEventSource<>(nodes, context), new InformerEventSource<>(auditNodeChanges, context));
    }

    private static Set<ResourceID> singleton() {
        return Set.of(new ResourceID(AuditPolicy.NAME));
    }
}
