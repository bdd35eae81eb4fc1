package dev.auditpolicy.agent;

import dev.auditpolicy.agent.evaluate.NodeEvaluator;
import dev.auditpolicy.agent.evaluate.Revisions;
import dev.auditpolicy.agent.forecast.ChangeForecast;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeObserver;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.reapply.Reapplier;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.Obstacles;
import dev.auditpolicy.agent.status.StatusReport;
import dev.auditpolicy.agent.status.TurnAcquirer;
import dev.auditpolicy.agent.turn.TurnRunner;
import dev.auditpolicy.agent.webhook.WebhookUpkeep;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.OpenTurn;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One iteration of the agent's loop: finish a turn that the journal records, or else observe the node,
 * report its status, and begin the turn of this node. Only reporting and beginning need the API server.
 */
public final class Agent {

    private final KubernetesApi api;
    private final NodeObserver observer;
    private final JournalFile journals;
    private final NodeEvaluator evaluator;
    private final TurnRunner runner;
    private final TurnAcquirer acquirer;
    private final StatusReport report;
    private final NodeSurveyor surveyor;
    private final Hold hold;
    private final Guard guard;
    private final AgentMeters meters;
    private final IterationFailures failures;
    private final Reapplier reapplier;
    private final WebhookUpkeep webhooks;
    private final ChangeForecast forecast;
    private final StatusPublisher publisher;

    Agent(
            KubernetesApi api,
            NodeObserver observer,
            JournalFile journals,
            NodeEvaluator evaluator,
            TurnRunner runner,
            TurnAcquirer acquirer,
            StatusReport report,
            NodeSurveyor surveyor,
            Hold hold,
            Guard guard,
            AgentMeters meters,
            IterationFailures failures,
            Reapplier reapplier,
            WebhookUpkeep webhooks,
            ChangeForecast forecast) {
        this.api = api;
        this.observer = observer;
        this.journals = journals;
        this.evaluator = evaluator;
        this.runner = runner;
        this.acquirer = acquirer;
        this.report = report;
        this.surveyor = surveyor;
        this.hold = hold;
        this.guard = guard;
        this.meters = meters;
        this.failures = failures;
        this.reapplier = reapplier;
        this.webhooks = webhooks;
        this.forecast = forecast;
        this.publisher = new StatusPublisher(api, failures, reapplier);
    }

    /** When to run the next iteration, unless something wakes the loop before. */
    enum Next {
        /** Something is in progress that no watch reports, such as a peer that becomes ready or an API server that recovers. */
        SOON(Duration.ofSeconds(1)),
        /** Watches report changes to objects and files, {@link IdleWait} those to kube-apiserver. This covers the rest. */
        LATER(Duration.ofSeconds(10));

        private final Duration delay;

        Next(Duration delay) {
            this.delay = delay;
        }

        Duration delay() {
            return delay;
        }
    }

    /** One iteration of the loop. */
    Next runOnce() throws IOException, InterruptedException {
        var journal = journals.read();
        var held = hold.reason();
        meters.held(held.isPresent());
        if (held.isEmpty() && journal.hasWork()) {
            var open = journal.openTurn().orElseThrow();
            reapplier.exclude(() -> runner.finish(journal, open));
            return Next.SOON;
        }
        var outcome = journal.openTurn().flatMap(OpenTurn::end);
        if (outcome.isPresent()) {
            return reportOutcome(outcome.get(), journal);
        }
        var node = api.auditNode();
        if (node.isEmpty()) {
            return Next.LATER;
        }
        if (node.get().hasUnreadableSpec()) {
            throw new IOException(
                    "this release of the agent does not know a value in the spec of its AuditNode, which a"
                            + " newer controller has written: update the agent");
        }
        if (held.isPresent()) {
            return reportHold(node.get(), journal, held.get());
        }
        return node.get().getSpec() == null ? observe(node.get(), journal) : reconcile(node.get(), journal);
    }

    /** Nothing is desired. A guard that an interrupted turn has left goes all the same. */
    private Next observe(AuditNode node, Journal journal) throws IOException, InterruptedException {
        guard.remove();
        reportObserved(node, journal, observer.observe(), journal.lastTurn());
        return later();
    }

    private Next reportOutcome(TurnOutcome outcome, Journal journal) throws IOException, InterruptedException {
        var node = api.auditNode();
        if (node.isPresent() && node.get().getSpec() == null) {
            reportObserved(node.get(), journal, observer.observe(), Optional.of(outcome));
        } else if (node.isPresent()) {
            report(node.get(), journal, observer.observe(), Optional.of(outcome));
        }
        reapplier.exclude(runner::cleanUp);
        journals.write(journal.close());
        return Next.SOON;
    }

    private Next reportHold(AuditNode node, Journal journal, String reason) throws IOException, InterruptedException {
        var turn = journal.openTurn().map(open -> open.turn().id());
        var snapshot = observer.observe();
        var server = surveyor.server(node, snapshot);
        var live = evaluator.observe(Revisions.of(node.getSpec(), journal), snapshot);
        var status = report.held(node, live, Hold.message(Hold.PATH, reason), turn, server);
        publisher.publish(node, surveyed(status, node, journal, snapshot, server));
        return later();
    }

    private Next reconcile(AuditNode node, Journal journal) throws IOException, InterruptedException {
        var snapshot = observer.observe();
        var remembered = evaluator.isGivenBack(Revisions.of(node.getSpec(), journal), snapshot)
                ? runner.forget(journal)
                : journal;
        var reported = report(node, remembered, snapshot, remembered.lastTurn());
        guard.remove();
        keepWebhook(reported, remembered, snapshot);
        return switch (phase(reported)) {
            case CHECKED ->
                acquirer.acquire(reported, remembered, snapshot.ready()) == TurnAcquirer.Result.NOT_FOR_THIS_NODE
                        ? later()
                        : Next.SOON;
            case PENDING -> Next.SOON;
            case REFUSED, ACTING, EFFECTIVE, ROLLED_BACK, FAILED, DRIFTED, HELD, OBSERVED, RESTORED, UNMANAGED ->
                later();
        };
    }

    private void keepWebhook(AuditNode reported, Journal journal, NodeSnapshot snapshot) {
        var user = snapshot.newest().map(ApiServerProcess::user).orElse(ProcessUser.ROOT);
        var runs = phase(reported) == Phase.EFFECTIVE || phase(reported) == Phase.RESTORED;
        Optional.ofNullable(reported.getSpec())
                .ifPresent(spec -> webhooks.keep(spec, runs, journal.lastProven().stream(), user));
    }

    private Next later() {
        return evaluator.isPending() ? Next.SOON : Next.LATER;
    }

    /** A status that was just reported has a phase. */
    private static Phase phase(AuditNode reported) {
        return Optional.ofNullable(reported.getStatus())
                .map(AuditNodeStatus::phase)
                .orElseThrow();
    }

    private void reportObserved(AuditNode node, Journal journal, NodeSnapshot snapshot, Optional<TurnOutcome> lastTurn)
            throws InterruptedException {
        meters.busy(snapshot.busy().isPresent());
        var server = surveyor.server(node, snapshot);
        var live = evaluator.observe(Revisions.of(null, journal), snapshot);
        var survey = surveyor.compare(node, journal, snapshot, server);
        var status = report.observed(node, live, journal.lastProven(), survey.observed(), lastTurn, server);
        publisher.publish(node, surveyor.addTo(status, node, survey, snapshot));
    }

    private AuditNodeStatus surveyed(
            AuditNodeStatus status,
            AuditNode node,
            Journal journal,
            NodeSnapshot snapshot,
            Optional<KubeAPIServer> server) {
        return surveyor.addTo(status, node, surveyor.survey(node, journal, snapshot, server), snapshot);
    }

    private AuditNode report(AuditNode node, Journal journal, NodeSnapshot snapshot, Optional<TurnOutcome> lastTurn)
            throws InterruptedException {
        meters.busy(snapshot.busy().isPresent());
        var server = surveyor.server(node, snapshot);
        var revisions = Revisions.of(node.getSpec(), journal);
        var evaluated = evaluator.evaluate(revisions, snapshot);
        var obstacles = new Obstacles(failures.obstacle(), acquirer.obstacle());
        var status = report.evaluated(node, evaluated, lastTurn, server, obstacles);
        var planned = revisions
                .desired()
                .map(spec -> forecast.addTo(status, spec, revisions.ownership(), snapshot))
                .orElse(status);
        return publisher.publish(node, surveyed(planned, node, journal, snapshot, server));
    }
}
