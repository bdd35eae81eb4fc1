package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.evaluate.JournalSpaceCheck;
import dev.auditpolicy.agent.evaluate.LogPreflight;
import dev.auditpolicy.agent.evaluate.LogVerifier;
import dev.auditpolicy.agent.evaluate.NodeEvaluator;
import dev.auditpolicy.agent.evaluate.NodePlanner;
import dev.auditpolicy.agent.evaluate.RememberedPreflight;
import dev.auditpolicy.agent.guard.GuardPod;
import dev.auditpolicy.agent.guard.StaticPodGuard;
import dev.auditpolicy.agent.log.CanaryProof;
import dev.auditpolicy.agent.log.CanarySender;
import dev.auditpolicy.agent.log.LogMeter;
import dev.auditpolicy.agent.log.LogReport;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.metrics.MeteredPreflight;
import dev.auditpolicy.agent.node.ConcurrentChangeDetector;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeObserver;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodePorts;
import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.StatusReport;
import dev.auditpolicy.agent.status.TurnAcquirer;
import dev.auditpolicy.agent.turn.Restoration;
import dev.auditpolicy.agent.turn.TurnRunner;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.host.http.ApiServerProbe;
import dev.auditpolicy.host.http.AuditedRequests;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts an agent or a guard together from the ports of their node. */
public final class AgentFactory {

    private final NodePorts ports;
    private final NodePaths paths;
    private final String hostAddress;
    private final JournalFile journals;
    private final Hold hold;
    private final LogMeter log;
    private final NodeLock lock = new NodeLock(NodeLock.CHANGING);

    /** @param hostAddress address of the node, for a kube-apiserver that advertises none of its own */
    public AgentFactory(NodePorts ports, NodePaths paths, String hostAddress) {
        this.ports = requireNonNull(ports, "ports is null");
        this.paths = requireNonNull(paths, "paths is null");
        this.hostAddress = requireNonNull(hostAddress, "hostAddress is null");
        this.journals = new JournalFile(ports.files(), JournalFile.PATH);
        this.hold = new Hold(ports.files(), Hold.PATH);
        this.log = new LogMeter(ports.log());
    }

    /**
     * The agent.
     *
     * @param canaries requests by which the log is proven
     * @param certificateAuthority PEM, by which a guard is to know the API server
     * @param heartbeat which the loop keeps
     */
    public AgentLoop agent(
            KubernetesApi api,
            AuditedRequests canaries,
            String certificateAuthority,
            Heartbeat heartbeat,
            AgentMeters meters) {
        var node = node(
                () -> api.ownPod().map(pod -> new GuardPod(pod, hostAddress, certificateAuthority)),
                meters.outages().noting(ports.probe()),
                heartbeat.during(Thread::sleep));
        meters.follow(log);
        var report = new StatusReport(ports.clock());
        var agent = new Agent(
                api,
                node.observer(),
                ports.probe(),
                journals,
                new NodeEvaluator(
                        new NodePlanner(paths),
                        new JournalSpaceCheck(journals),
                        new RememberedPreflight(new MeteredPreflight(ports.preflight(), meters)),
                        new LogPreflight(ports.logDestinations()),
                        logProof(api, canaries, node.observer())),
                TurnRunner.on(node, journals),
                new TurnAcquirer(api, ports.probe(), journals, report, ports.clock()),
                report,
                hold,
                node.guard(),
                meters);
        return new AgentLoop(
                agent,
                api,
                ports.changes(),
                new IdleWait(node.observer(), IdleWait.BETWEEN_GLANCES),
                paths,
                lock,
                heartbeat,
                meters);
    }

    private LogVerifier logProof(KubernetesApi api, AuditedRequests canaries, NodeObserver observer) {
        var sender = new CanarySender(canaries, ports.log(), observer::address, api.node(), ports.clock());
        return new LogVerifier(
                log, new CanaryProof(sender, ports.clock(), Thread::sleep), new LogReport(ports.clock()));
    }

    /** The guard, which raises no other. */
    public GuardLoop guard() {
        var node = node();
        return new GuardLoop(TurnRunner.on(node, journals), journals, hold, node.guard(), lock);
    }

    /** What a human on the node may ask for. */
    public NodeSummary summary() {
        return new NodeSummary(node(), journals);
    }

    /** What a human on the node may have done. */
    public Restoration restoration() {
        return new Restoration(node(), journals, lock);
    }

    /** Whether a human holds the node. */
    public Hold hold() {
        return hold;
    }

    private NodeContext node() {
        return node(Optional::empty, ports.probe(), Thread::sleep);
    }

    private NodeContext node(Supplier<Optional<GuardPod>> guardPod, ApiServerProbe probe, Sleeper pause) {
        var neighbours = new ConcurrentChangeDetector(ports.programs(), ports.files(), paths, ports.clock());
        var observer =
                new NodeObserver(ports.files(), ports.processes(), probe, ports.log(), neighbours, paths, hostAddress);
        var guard = new StaticPodGuard(ports.files(), paths.guard(), ports.guard(), guardPod, ports.clock(), pause);
        return new NodeContext(
                ports.files(),
                ports.processes(),
                ports.starts(),
                ports.programs(),
                observer,
                paths,
                hold,
                guard,
                ports.clock(),
                pause);
    }
}
