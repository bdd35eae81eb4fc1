package dev.auditpolicy.agent;

import dev.auditpolicy.agent.evaluate.AuditStateVerifier;
import dev.auditpolicy.agent.evaluate.ChangePreflight;
import dev.auditpolicy.agent.evaluate.ChangedLogCheck;
import dev.auditpolicy.agent.evaluate.ChangedSinkCheck;
import dev.auditpolicy.agent.evaluate.JournalSpaceCheck;
import dev.auditpolicy.agent.evaluate.LogPreflight;
import dev.auditpolicy.agent.evaluate.LogVerifier;
import dev.auditpolicy.agent.evaluate.NodeEvaluator;
import dev.auditpolicy.agent.evaluate.RememberedPreflight;
import dev.auditpolicy.agent.evaluate.WebhookVerifier;
import dev.auditpolicy.agent.forecast.ChangeForecast;
import dev.auditpolicy.agent.guard.GuardPod;
import dev.auditpolicy.agent.guard.StaticPodGuard;
import dev.auditpolicy.agent.log.CanaryProof;
import dev.auditpolicy.agent.log.CanaryRequests;
import dev.auditpolicy.agent.log.CanarySender;
import dev.auditpolicy.agent.log.LogFileKeeper;
import dev.auditpolicy.agent.log.LogMeter;
import dev.auditpolicy.agent.log.LogReport;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.metrics.MeteredPreflight;
import dev.auditpolicy.agent.node.BusyCheck;
import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeObserver;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodePorts;
import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.agent.observe.ConfigurationObserver;
import dev.auditpolicy.agent.observe.HostObserver;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.agent.plan.StaticPodPlanner;
import dev.auditpolicy.agent.plan.UnitHostPlanner;
import dev.auditpolicy.agent.reapply.Reapplier;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.PeerDifferences;
import dev.auditpolicy.agent.status.StatusReport;
import dev.auditpolicy.agent.status.TurnAcquirer;
import dev.auditpolicy.agent.turn.LogCheck;
import dev.auditpolicy.agent.turn.Restoration;
import dev.auditpolicy.agent.turn.TurnRunner;
import dev.auditpolicy.agent.webhook.SecretSource;
import dev.auditpolicy.agent.webhook.SinkObserver;
import dev.auditpolicy.agent.webhook.WebhookFiles;
import dev.auditpolicy.agent.webhook.WebhookPreflight;
import dev.auditpolicy.agent.webhook.WebhookUpkeep;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.host.http.ApiServerMetrics;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.http.AuditedRequests;
import dev.auditpolicy.host.kind.StaticPodHost;
import dev.auditpolicy.host.kind.UnitHost;
import dev.auditpolicy.host.process.Preflight;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import dev.auditpolicy.webhook.probe.ProbeResult;
import java.util.Optional;
import java.util.function.Supplier;

/** Wires the agent, the guard and the commands for administrators to the ports of their node. */
public final class AgentFactory {

    private static final ProbeResult ALREADY_ASKED = new ProbeResult.NotAsked("the agent has asked it");

    private final NodePorts ports;
    private final NodePaths paths;
    private final String hostAddress;
    private final JournalFile journals;
    private final Hold hold;
    private final LogMeter log;
    private final HostPlanner planner;
    private final NodeLock lock = new NodeLock(NodeLock.CHANGING);

    /** @param hostAddress address of the node, used when kube-apiserver does not set --advertise-address */
    public AgentFactory(NodePorts ports, NodePaths paths, String hostAddress) {
        this.ports = ports;
        this.paths = paths;
        this.hostAddress = hostAddress;
        this.journals = new JournalFile(ports.files(), JournalFile.PATH);
        this.hold = new Hold(ports.files(), Hold.PATH);
        this.log = new LogMeter(ports.log());
        this.planner = switch (ports.host()) {
            case StaticPodHost _ -> new StaticPodPlanner(paths);
            case UnitHost _ -> new UnitHostPlanner(paths);
        };
    }

    /**
     * The agent.
     *
     * @param requests canary requests, which verify the audit log
     * @param metrics of kube-apiserver, which say what becomes of the webhook's events
     * @param certificateAuthority PEM with which the guard trusts the API server
     * @param heartbeat of the loop
     */
    public AgentLoop agent(
            KubernetesApi api,
            AuditedRequests requests,
            ApiServerMetrics metrics,
            String certificateAuthority,
            Heartbeat heartbeat,
            AgentMeters meters) {
        var node = node(
                () -> api.ownPod().map(pod -> new GuardPod(pod, hostAddress, certificateAuthority)),
                meters.downtime().observing(ports.probe(), ports.ticker()),
                heartbeat.beatingBefore(Thread::sleep));
        meters.observeLog(log);
        var report = new StatusReport(ports.clock());
        var failures = new IterationFailures(api, report);
        var host = new HostObserver(ports.survey(), paths, ports.ticker());
        var webhooks = new WebhookFiles(ports.files(), api::secret, new KubeconfigReader(ports.clock()));
        var preflight = preflight(
                new MeteredPreflight(ports.preflight(), meters),
                new WebhookPreflight(webhooks, ports.sink(), ports.ticker()));
        var sinks = new SinkObserver(
                metrics, webhooks, ports.sink(), node.observer()::address, ports.ticker(), ports.clock());
        meters.observeSink(sinks::health);
        var canaries = new CanaryRequests(requests, node.observer()::address, api.node());
        var logVerifier = logVerifier(canaries);
        var webhookVerifier = new WebhookVerifier(sinks, canaries, ports.clock(), ports.ticker());
        var recordingCheck = LogCheck.all(
                new ChangedLogCheck(logVerifier, ports.ticker(), node.sleeper())::problem,
                new ChangedSinkCheck(webhookVerifier, sinks, ports.ticker(), node.sleeper())::problem);
        var reapplier = new Reapplier(node, journals);
        var agent = new Agent(
                api,
                node.observer(),
                journals,
                new NodeEvaluator(
                        planner,
                        new JournalSpaceCheck(journals),
                        node.guard(),
                        preflight,
                        new AuditStateVerifier(logVerifier, webhookVerifier::verify),
                        host::obstacle),
                TurnRunner.on(node, planner, journals, preflight::refusal, recordingCheck),
                new TurnAcquirer(api, ports.probe(), journals, report, ports.clock(), ports.ticker()),
                report,
                new NodeSurveyor(
                        node.observer(),
                        ports.probe(),
                        new ConfigurationObserver(ports.survey(), host, ports.clock(), log),
                        new PeerDifferences(api, ports.ticker()),
                        sinks,
                        ports.clock()),
                hold,
                node.guard(),
                meters,
                failures,
                reapplier,
                new WebhookUpkeep(webhooks, ports.ticker()),
                ChangeForecast.on(node, planner, ports, metrics));
        return new AgentLoop(
                agent,
                api,
                ports.changes(),
                new IdleWait(node.observer(), IdleWait.CHECK_INTERVAL),
                paths,
                new ManifestWatch(reapplier, lock),
                lock,
                heartbeat,
                meters,
                failures);
    }

    private ChangePreflight preflight(Preflight preflight, WebhookPreflight webhook) {
        return new ChangePreflight(
                new RememberedPreflight(preflight, ports.clock()), new LogPreflight(ports.logDestinations()), webhook);
    }

    private LogVerifier logVerifier(CanaryRequests requests) {
        var sender = new CanarySender(requests, ports.log(), ports.ticker());
        return new LogVerifier(
                log,
                new CanaryProof(sender, ports.clock(), ports.ticker(), Thread::sleep),
                new LogReport(ports.clock()),
                new LogFileKeeper(ports.logPermissions()));
    }

    /** The guard. It does not start another guard. */
    public GuardLoop guard() {
        var node = node();
        // The agent has written the files and has asked the webhook.
        var webhooks = new WebhookFiles(ports.files(), SecretSource.NONE, new KubeconfigReader(ports.clock()));
        var preflight =
                preflight(ports.preflight(), new WebhookPreflight(webhooks, _ -> ALREADY_ASKED, ports.ticker()));
        var runner = TurnRunner.on(node, planner, journals, preflight::refusal, LogCheck.NONE);
        return new GuardLoop(runner, journals, hold, node.guard(), lock);
    }

    /** For {@code auditpolicy status}. */
    public NodeSummary summary() {
        return new NodeSummary(node(), journals);
    }

    /** For {@code auditpolicy agent --check}. */
    public Rehearsal rehearsal(KubernetesApi api) {
        return new Rehearsal(api, node(), planner, journals);
    }

    /** For {@code auditpolicy restore}. */
    public Restoration restoration() {
        return new Restoration(node(), planner, journals, lock);
    }

    /** For {@code auditpolicy hold}. */
    public Hold hold() {
        return hold;
    }

    private NodeContext node() {
        return node(Optional::empty, ports.probe(), Thread::sleep);
    }

    private NodeContext node(Supplier<Optional<GuardPod>> guardPod, ApiServerProbe probe, Sleeper sleeper) {
        var observer = new NodeObserver(
                ports.files(),
                ports.processes(),
                probe,
                ports.log(),
                BusyCheck.of(ports, paths),
                ports.host(),
                paths,
                hostAddress);
        return new NodeContext(
                ports.files(),
                ports.processes(),
                ports.starts(),
                ports.programs(),
                observer,
                ports.host(),
                paths,
                hold,
                guard(guardPod, sleeper),
                ports.clock(),
                ports.ticker(),
                sleeper);
    }

    private Guard guard(Supplier<Optional<GuardPod>> pod, Sleeper sleeper) {
        return switch (ports.host()) {
            case StaticPodHost _ ->
                new StaticPodGuard(
                        ports.files(), paths, ports.guard(), ports.guardProgram(), pod, ports.ticker(), sleeper);
            case UnitHost _ -> Guard.NONE;
        };
    }
}
