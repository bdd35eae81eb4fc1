package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.evaluate.NodeEvaluator;
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
 * The agent's one loop: finish what the journal says was begun, look at the node, report, and begin a turn when it is
 * this node's. The API server is needed to begin and to report, never to finish.
 */
public final class Agent {

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final KubernetesApi api;
    private final NodeObserver observer;
    private final ApiServerProbe probe;
    private final JournalFile journals;
    private final NodeEvaluator assessor;
    private final TurnRunner runner;
    private final TurnAcquirer gate;
    private final StatusReport report;
    private final Hold hold;
    private final Guard guard;
    private final AgentMeters meters;

    Agent(
            KubernetesApi api,
            NodeObserver observer,
            ApiServerProbe probe,
            JournalFile journals,
            NodeEvaluator assessor,
            TurnRunner runner,
            TurnAcquirer gate,
            StatusReport report,
            Hold hold,
            Guard guard,
            AgentMeters meters) {
        this.api = requireNonNull(api, "api is null");
        this.observer = requireNonNull(observer, "observer is null");
        this.probe = requireNonNull(probe, "probe is null");
        this.journals = requireNonNull(journals, "journals is null");
        this.assessor = requireNonNull(assessor, "assessor is null");
        this.runner = requireNonNull(runner, "runner is null");
        this.gate = requireNonNull(gate, "gate is null");
        this.report = requireNonNull(report, "report is null");
        this.hold = requireNonNull(hold, "hold is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.meters = requireNonNull(meters, "meters is null");
    }

    /** When to look again, unless something happens before. */
    enum Next {
        /** Something is under way that no watch tells of: a peer that becomes ready, an API server that comes back. */
        SOON(Duration.ofSeconds(1)),
        /** The watches tell what happens, and a {@link IdleWait} what happens to kube-apiserver; this is for all else. */
        LATER(Duration.ofSeconds(10));

        private final Duration delay;

        Next(Duration delay) {
            this.delay = delay;
        }

        Duration delay() {
            return delay;
        }
    }

    /** One round of the loop. */
    Next round() throws IOException, InterruptedException {
        var journal = journals.read();
        var held = hold.reason();
        meters.held(held.isPresent());
        if (held.isEmpty() && journal.hasWork()) {
            runner.finish(journal, journal.openTurn().orElseThrow());
            return Next.SOON;
        }
        var outcome = journal.openTurn().flatMap(OpenTurn::end);
        if (outcome.isPresent()) {
            return deliver(outcome.get(), journal);
        }
        var node = api.auditNode();
        if (node.isEmpty()) {
            return Next.LATER;
        }
        return held.isEmpty() ? look(node.get(), journal) : holdStill(node.get(), journal, held.get());
    }

    private Next deliver(TurnOutcome outcome, Journal journal) throws IOException, InterruptedException {
        var node = api.auditNode();
        if (node.isPresent()) {
            write(node.get(), observer.observe(), Optional.of(outcome));
        }
        guard.remove();
        journals.write(journal.close());
        return Next.SOON;
    }

    private Next holdStill(AuditNode node, Journal journal, String reason) throws IOException {
        var turn = journal.openTurn().map(open -> open.turn().id());
        var server = observer.observe().newest().map(process -> server(process, node));
        update(node, report.held(node, Hold.message(Hold.PATH, reason), turn, server));
        return Next.LATER;
    }

    private Next look(AuditNode node, Journal journal) throws IOException, InterruptedException {
        guard.remove();
        var seen = observer.observe();
        var reported = write(node, seen, journal.lastTurn());
        return switch (reported.getStatus().phase()) {
            case CHECKED ->
                gate.acquire(reported, journal, seen.ready()) == TurnAcquirer.Result.NOT_FOR_THIS_NODE
                        ? Next.LATER
                        : Next.SOON;
            case PENDING -> Next.SOON;
            case REFUSED, ACTING, EFFECTIVE, ROLLED_BACK, FAILED, DRIFTED, HELD -> Next.LATER;
        };
    }

    private AuditNode write(AuditNode node, NodeSnapshot seen, Optional<TurnOutcome> lastTurn)
            throws InterruptedException {
        meters.busy(seen.busy().isPresent());
        var server = seen.newest().map(process -> server(process, node));
        return update(node, report.evaluated(node, assessor.evaluate(node.getSpec(), seen), lastTurn, server));
    }

    private AuditNode update(AuditNode node, AuditNodeStatus status) {
        if (status.equals(node.getStatus())) {
            return node;
        }
        logPhase(node, status);
        return api.updateStatus(node, status);
    }

    private static void logPhase(AuditNode node, AuditNodeStatus status) {
        var before = Optional.ofNullable(node.getStatus());
        if (before.map(AuditNodeStatus::phase).filter(status.phase()::equals).isEmpty()
                || before.map(AuditNodeStatus::revision)
                        .filter(status.revision()::equals)
                        .isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("phase", status.phase())
                    .addKeyValue("revision", status.revision())
                    .addKeyValue("message", status.message())
                    .log("Phase changed");
        }
    }

    /** The version is asked once for each process. */
    private KubeAPIServer server(ApiServerProcess process, AuditNode node) {
        var address = observer.address(process);
        var started = process.startedAt().truncatedTo(ChronoUnit.SECONDS);
        return Optional.ofNullable(node.getStatus())
                .map(AuditNodeStatus::kubeAPIServer)
                .filter(known -> started.equals(known.startedAt()) && known.version() != null)
                .orElseGet(() -> new KubeAPIServer(probe.version(address).orElse(null), address, started));
    }
}
