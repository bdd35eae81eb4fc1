package dev.auditpolicy.controller;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicySpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.RolloutPlan;
import dev.auditpolicy.controller.Compilation.Compiled;
import dev.auditpolicy.controller.Compilation.InvalidSpec;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.controller.metrics.ClusterMeters;
import dev.auditpolicy.controller.plan.RolloutPlanner;
import dev.auditpolicy.rollout.Decision;
import dev.auditpolicy.rollout.NodeState;
import dev.auditpolicy.rollout.RolloutGate;
import io.fabric8.kubernetes.api.model.Node;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes the cluster, decides, and writes the result. The turn and the conditions are written in one update of the
 * status, which succeeds only if the AuditPolicy has not changed since it was read.
 */
@ControllerConfiguration(
        name = "auditpolicy",
        informer = @Informer(comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 1000, intervalMultiplier = 2, maxInterval = 15_000)
public final class AuditPolicyReconciler implements Reconciler<AuditPolicy> {

    private static final Logger LOG = LoggerFactory.getLogger(AuditPolicyReconciler.class);

    /** Each restart of an API server makes requests fail for a few seconds. The third retry starts 7 s after the first failure. */
    private static final int RETRIES_OF_REQUESTS = 3;

    private final Cluster cluster;
    private final Observer observer;
    private final Compiler compiler;
    private final AuditNodeWriter auditNodeWriter;
    private final TurnDecider turns;
    private final Polling polling;
    private final RolloutPlanner planner = new RolloutPlanner();
    private final StatusFactory statusFactory;
    private final SinkCondition sinkCondition;
    private final StatusWriter statusWriter;
    private final CommittedRevisions committedRevisions;
    private final ClusterMeters clusterMeters;

    public AuditPolicyReconciler(
            Cluster cluster,
            Observer observer,
            Compiler compiler,
            StatusFactory statusFactory,
            StatusWriter statusWriter,
            InstantSource clock,
            OwnNode ownNode,
            CommittedRevisions committedRevisions,
            ClusterMeters clusterMeters) {
        this.cluster = cluster;
        this.observer = observer;
        this.compiler = compiler;
        this.auditNodeWriter = new AuditNodeWriter(cluster);
        this.turns = new TurnDecider(auditNodeWriter, clock, ownNode);
        this.polling = new Polling(clock);
        this.statusFactory = statusFactory;
        this.sinkCondition = new SinkCondition(statusFactory);
        this.statusWriter = statusWriter;
        this.committedRevisions = committedRevisions;
        this.clusterMeters = clusterMeters;
    }

    @Override
    public UpdateControl<AuditPolicy> reconcile(AuditPolicy cached, Context<AuditPolicy> context) {
        var policy = cluster.auditPolicy();
        if (policy.isEmpty() || policy.get().isMarkedForDeletion()) {
            return UpdateControl.noUpdate();
        }
        var committed = committed(policy.get());
        var observation = observer.observe(committed.map(AuditNodeSpec::revision));
        Optional.ofNullable(policy.get().getSpec())
                .ifPresent(spec -> cluster.setRestoreFinalizer(
                        policy.get(),
                        spec.restoresOnDeletion() && !observation.members().isEmpty()));
        var hadTurn = Optional.ofNullable(policy.get().getStatus())
                .map(AuditPolicyStatus::turn)
                .isPresent();
        var outcome =
                switch (compiler.compile(policy.get(), observation)) {
                    case Compiled compiled -> accepted(policy.get(), compiled, committed, observation);
                    case InvalidSpec invalid -> invalid(policy.get(), invalid, committed, observation);
                };
        var status = sinkCondition.addTo(outcome.status(), policy.get(), observation);
        statusWriter.write(policy.get(), status);
        clusterMeters.update(
                policy.get().getMetadata().getUid(),
                status,
                observation.auditNodes().values());
        return polling.interval(outcome.decision(), hadTurn, outcome.nextEnd(), hasSecret(policy.get()))
                .map(interval -> UpdateControl.<AuditPolicy>noUpdate().rescheduleAfter(interval))
                .orElseGet(UpdateControl::noUpdate);
    }

    private static boolean hasSecret(AuditPolicy policy) {
        return Optional.ofNullable(policy.getSpec())
                .map(AuditPolicySpec::webhook)
                .isPresent();
    }

    /** Reports a failure in the status: otherwise, the status would state for ever what was true before it. */
    @Override
    public ErrorStatusUpdateControl<AuditPolicy> updateErrorStatus(
            AuditPolicy cached, Context<AuditPolicy> context, Exception failure) {
        var retries = context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0);
        if (RequestFailure.in(failure).isEmpty() || retries >= RETRIES_OF_REQUESTS) {
            report(failure);
        }
        return ErrorStatusUpdateControl.defaultErrorProcessing();
    }

    private void report(Exception failure) {
        try {
            cluster.auditPolicy()
                    .ifPresent(policy -> statusWriter.write(policy, statusFactory.failed(policy, failure)));
        } catch (RuntimeException unreported) {
            LOG.atWarn().addKeyValue("reason", unreported.getMessage()).log("Failure not reported");
        }
    }

    private Optional<AuditNodeSpec> committed(AuditPolicy policy) {
        return committedRevision(policy).flatMap(committedRevisions::find);
    }

    private static Optional<String> committedRevision(AuditPolicy policy) {
        return Optional.ofNullable(policy.getStatus()).map(AuditPolicyStatus::committedRevision);
    }

    /** @param nextEnd when temporary rules end */
    private record Outcome(AuditPolicyStatus status, Decision decision, Optional<Instant> nextEnd) {}

    private Outcome accepted(
            AuditPolicy policy, Compiled compiled, Optional<AuditNodeSpec> committed, Observation observation) {
        var revision = compiled.spec().revision();
        var plan = plan(policy, compiled, committed, observation);
        var gate = new RolloutGate(
                policy.getSpec().rollout(),
                committedRevision(policy),
                compiled.temporary().earlierRevisions());
        var state = turns.state(
                policy,
                revision,
                observation.states(),
                observation,
                plan.flatMap(known -> gate.hold(known, pending(revision, observation))));
        // First: while a CustomResourceDefinition that is being deleted waits for a finalizer, it admits no new object.
        auditNodeWriter.release(state, observation);
        auditNodeWriter.write(compiled.spec(), committed, observation);
        var decision = turns.decide(state, observation);
        if (decision instanceof Decision.Complete) {
            committedRevisions.store(compiled.spec());
        }
        return new Outcome(
                statusFactory.accepted(
                        policy,
                        new StatusFactory.Desired(revision, compiled.findings(), compiled.temporary(), plan),
                        observation.states(),
                        observation.unmanaged(),
                        decision),
                decision,
                compiled.temporary().nextEnd());
    }

    private static List<String> pending(String revision, Observation observation) {
        return observation.states().stream()
                .filter(node -> !node.isPassedOver() && !node.isDone(revision))
                .map(NodeState::name)
                .toList();
    }

    /** Empty if the revision is committed already. */
    private Optional<RolloutPlan> plan(
            AuditPolicy policy, Compiled compiled, Optional<AuditNodeSpec> committed, Observation observation) {
        var revision = compiled.spec().revision();
        return committedRevision(policy).filter(revision::equals).isPresent()
                ? Optional.empty()
                : Optional.of(planner.plan(
                        revision, compiled.policy(), committed.map(AuditNodeSpec::policy), observation.ofMembers()));
    }

    /**
     * An invalid spec changes no node, but a node that joins still gets the committed revision. A turn that was granted
     * before runs to its end, or is revoked if its node has not acquired it.
     */
    private Outcome invalid(
            AuditPolicy policy, InvalidSpec invalid, Optional<AuditNodeSpec> committed, Observation observation) {
        var state = turns.state(policy, "", observation.states(), observation, Optional.empty());
        auditNodeWriter.release(state, observation);
        committed.ifPresentOrElse(
                spec -> auditNodeWriter.writeJoining(spec, observation),
                () -> auditNodeWriter.createMissing(observation));
        auditNodeWriter.deleteOrphans(observation);
        var decision = turns.decide(state, observation);
        return new Outcome(
                statusFactory.invalid(policy, observation.states(), invalid.problems(), decision),
                decision,
                Optional.empty());
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
        var auditPolicies = InformerEventSourceConfiguration.from(AuditPolicy.class, AuditPolicy.class)
                .withName("deleted-auditpolicies")
                .withSecondaryToPrimaryMapper(_ -> Set.of())
                .build();
        return List.of(
                new InformerEventSource<>(nodes, context),
                new InformerEventSource<>(auditNodeChanges, context),
                new InformerEventSource<>(auditPolicies, context) {
                    @Override
                    public synchronized void onDelete(AuditPolicy deleted, boolean finalStateUnknown) {
                        // The SDK does not reconcile what no longer exists.
                        clusterMeters.deleted(deleted.getMetadata().getUid());
                    }
                });
    }

    private static Set<ResourceID> singleton() {
        return Set.of(new ResourceID(AuditPolicy.NAME));
    }
}
