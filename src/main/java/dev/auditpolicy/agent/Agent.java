package dev.auditpolicy.agent;

import dev.auditpolicy.agent.evaluate.NodeEvaluator;
import dev.auditpolicy.agent.evaluate.Revisions;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeObserver;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.StatusReport;
import dev.auditpolicy.agent.status.TurnAcquirer;
import dev.auditpolicy.agent.turn.TurnRunner;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.journal.Journal.OpenTurn;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One iteration of the agent's loop: finish a turn that the journal records, or else observe the node,
 * report its status, and begin the turn of this node. Only reporting and beginning need the API server.
 */
public final class Agent {

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final KubernetesApi api;
    private final NodeObserver observer;
    private final ApiServerProbe probe;
    private final JournalFile journals;
    private final NodeEvaluator evaluator;
    private final TurnRunner runner;
    private final TurnAcquirer acquirer;
    private final StatusReport report;
    private final Hold hold;
    private final Guard guard;
    private final AgentMeters meters;

    Agent(
            KubernetesApi api,
            NodeObserver observer,
            ApiServerProbe probe,
            JournalFile journals,
            NodeEvaluator evaluator,
            TurnRunner runner,
            TurnAcquirer acquirer,
            StatusReport report,
            Hold hold,
            Guard guard,
            AgentMeters meters) {
        this.api = api;
        this.observer = observer;
        this.probe = probe;
        this.journals = journals;
        this.evaluator = evaluator;
        this.runner = runner;
        this.acquirer = acquirer;
        this.report = report;
        this.hold = hold;
        this.guard = guard;
        this.meters = meters;
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
            runner.finish(journal, journal.openTurn().orElseThrow());
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
        if (node.get().getSpec() == null) {
            throw new IOException(
                    "this release of the agent does not know a value in the spec of its AuditNode, which a"
                            + " newer controller has written: update the agent");
        }
        return held.isEmpty() ? reconcile(node.get(), journal) : reportHold(node.get(), journal, held.get());
    }

    private Next reportOutcome(TurnOutcome outcome, Journal journal) throws IOException, InterruptedException {
        var node = api.auditNode();
        if (node.isPresent()) {
            report(node.get(), journal, observer.observe(), Optional.of(outcome));
        }
        runner.cleanUp();
        journals.write(journal.close());
        return Next.SOON;
    }

    private Next reportHold(AuditNode node, Journal journal, String reason) throws IOException, InterruptedException {
        var turn = journal.openTurn().map(open -> open.turn().id());
        var snapshot = observer.observe();
        var server = snapshot.newest().map(process -> describe(process, node));
        var live = evaluator.observe(Revisions.of(node.getSpec(), journal), snapshot);
        update(node, report.held(node, live, Hold.message(Hold.PATH, reason), turn, server));
        return later();
    }

    private Next reconcile(AuditNode node, Journal journal) throws IOException, InterruptedException {
        guard.remove();
        var snapshot = observer.observe();
        var reported = report(node, journal, snapshot, journal.lastTurn());
        return switch (phase(reported)) {
            case CHECKED ->
                acquirer.acquire(reported, journal, snapshot.ready()) == TurnAcquirer.Result.NOT_FOR_THIS_NODE
                        ? later()
                        : Next.SOON;
            case PENDING -> Next.SOON;
            case REFUSED, ACTING, EFFECTIVE, ROLLED_BACK, FAILED, DRIFTED, HELD -> later();
        };
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

    private AuditNode report(AuditNode node, Journal journal, NodeSnapshot snapshot, Optional<TurnOutcome> lastTurn)
            throws InterruptedException {
        meters.busy(snapshot.busy().isPresent());
        var server = snapshot.newest().map(process -> describe(process, node));
        var evaluated = evaluator.evaluate(Revisions.of(node.getSpec(), journal), snapshot);
        return update(node, report.evaluated(node, evaluated, lastTurn, server));
    }

    private AuditNode update(AuditNode node, AuditNodeStatus status) {
        if (status.equals(node.getStatus())) {
            return node;
        }
        logPhase(node, status);
        return api.updateStatus(node, status);
    }

    private static void logPhase(AuditNode node, AuditNodeStatus status) {
        var previous = Optional.ofNullable(node.getStatus());
        if (!previous.map(AuditNodeStatus::phase).equals(Optional.ofNullable(status.phase()))
                || !previous.map(AuditNodeStatus::revision).equals(Optional.ofNullable(status.revision()))) {
            LOG.atInfo()
                    .addKeyValue("phase", status.phase())
                    .addKeyValue("revision", status.revision())
                    .addKeyValue("message", status.message())
                    .log("Phase changed");
        }
    }

    /** Requests the version once for each process. */
    private KubeAPIServer describe(ApiServerProcess process, AuditNode node) {
        var address = observer.address(process);
        var started = process.startedAt().truncatedTo(ChronoUnit.SECONDS);
        return Optional.ofNullable(node.getStatus())
                .map(AuditNodeStatus::kubeAPIServer)
                .filter(known -> started.equals(known.startedAt()) && known.version() != null)
                .orElseGet(() -> new KubeAPIServer(probe.version(address).orElse(null), address, started));
    }
}
