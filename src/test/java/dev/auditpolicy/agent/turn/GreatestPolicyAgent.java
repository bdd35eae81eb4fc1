package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.NoWebhook;
import dev.auditpolicy.agent.evaluate.AuditStateVerifier;
import dev.auditpolicy.agent.evaluate.ChangePreflight;
import dev.auditpolicy.agent.evaluate.JournalSpaceCheck;
import dev.auditpolicy.agent.evaluate.LogPreflight;
import dev.auditpolicy.agent.evaluate.LogVerifier;
import dev.auditpolicy.agent.evaluate.NodeEvaluation;
import dev.auditpolicy.agent.evaluate.NodeEvaluator;
import dev.auditpolicy.agent.evaluate.RememberedPreflight;
import dev.auditpolicy.agent.evaluate.Revisions;
import dev.auditpolicy.agent.log.CanaryProof;
import dev.auditpolicy.agent.log.CanaryRequests;
import dev.auditpolicy.agent.log.CanarySender;
import dev.auditpolicy.agent.log.LogFileKeeper;
import dev.auditpolicy.agent.log.LogMeter;
import dev.auditpolicy.agent.log.LogReport;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.plan.StaticPodPlanner;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.Obstacles;
import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.agent.status.StatusReport;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.app.AgentClient;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.host.destination.LogDestination;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.host.process.Preflight.Verdict;
import dev.auditpolicy.journal.OpenTurn;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an agent does with an AuditNode, in a process with the heap of the agent: watches, evaluates, reports, takes a turn to
 * another policy of that size and back again because kube-apiserver does not start with it. The API server is real, the node is
 * simulated: it has its files in this heap, too. Exits with an error if one of these fails.
 */
final class GreatestPolicyAgent {

    private static final String NODE = "cp1";

    private final KubernetesApi api;
    private final SimulatedNode node;
    private final FaultyPorts ports;
    private final JournalFile journals;
    private final NodeEvaluator evaluator;
    private final StatusReport report = new StatusReport(Instant::now);

    private GreatestPolicyAgent(KubernetesApi api, SimulatedNode node) {
        this.api = api;
        this.node = node;
        this.ports = new FaultyPorts(node, 0, Fault.FAILS);
        this.journals = new JournalFile(ports.files(), JournalFile.PATH);
        var planner = new StaticPodPlanner(NodePaths.kubeadm());
        var log = new SimulatedLog();
        var canaries = new CanaryProof(
                new CanarySender(new CanaryRequests(log, _ -> "192.0.2.1:6443", NODE), log, node::ticks),
                node::now,
                node::ticks,
                node::pass);
        this.evaluator = new NodeEvaluator(
                planner,
                new JournalSpaceCheck(journals),
                ports.context().guard(),
                new ChangePreflight(
                        new RememberedPreflight((_, _, _) -> new Verdict.Loads(), node::now),
                        new LogPreflight((_, _) -> new LogDestination(
                                Optional.empty(), new LogUsage(0, 1L << 40, 1L << 41), Optional.empty())),
                        NoWebhook.preflight()),
                new AuditStateVerifier(
                        new LogVerifier(
                                new LogMeter(log),
                                canaries,
                                new LogReport(node::now),
                                new LogFileKeeper((_, _, _, _) -> false)),
                        NoWebhook::verify),
                _ -> Optional.empty());
    }

    /** Arguments: a kubeconfig and the manifest of a kube-apiserver. */
    public static void main(String... arguments) throws Exception {
        var config = Account.agentOn(NODE).impersonatedBy(Config.fromKubeconfig(new File(arguments[0])));
        try (var client = AgentClient.of(config)) {
            var api = new KubernetesApi(client, NODE, "auditpolicy-system", "agent", StatusListener.all());
            try (var _ = api.watch(() -> {})) {
                new GreatestPolicyAgent(api, new SimulatedNode(Files.readString(Path.of(arguments[1])))).run();
            }
        }
    }

    private void run() throws Exception {
        var auditNode = evaluate(api.auditNode().orElseThrow(), NodeEvaluation.OutOfSync.class);
        turn(auditNode.getSpec(), Result.EFFECTIVE);
        for (var marker : List.of("b", SimulatedNode.POISON)) {
            var spec = with(auditNode.getSpec(), marker);
            turn(spec, marker.equals(SimulatedNode.POISON) ? Result.ROLLED_BACK : Result.EFFECTIVE);
        }
        turn(auditNode.getSpec(), Result.EFFECTIVE);
        evaluate(api.auditNode().orElseThrow(), NodeEvaluation.InSync.class);
    }

    private AuditNode evaluate(AuditNode auditNode, Class<? extends NodeEvaluation> expected) throws Exception {
        var evaluated = evaluator.evaluate(
                Revisions.of(auditNode.getSpec(), journals.read()),
                ports.context().observer().observe());
        if (!expected.isInstance(evaluated.desired())) {
            throw new IllegalStateException(evaluated.desired().toString());
        }
        var status = report.evaluated(auditNode, evaluated, Optional.empty(), Optional.empty(), Obstacles.NONE);
        return api.updateStatus(auditNode, status);
    }

    /** Another policy of the same size: the marker replaces the beginning of the first comment. */
    private static AuditNodeSpec with(AuditNodeSpec spec, String marker) {
        return new AuditNodeSpec(
                marker,
                spec.policyGeneration(),
                spec.policy().replaceFirst("user-x{6}", "user-" + (marker + "xxxxxx").substring(0, 6)),
                spec.log(),
                spec.drainSeconds(),
                spec.verifyTimeoutSeconds());
    }

    private void turn(AuditNodeSpec spec, Result expected) throws Exception {
        node.pass(Duration.ofMinutes(11));
        var turn = new Turn("turn-" + spec.revision() + node.now(), NODE, spec.revision(), 1, node.now());
        var begun = journals.read().begin(OpenTurn.begun(turn, spec, node.now(), node.ticks()));
        journals.write(begun);
        TurnRunner.on(
                        ports.context(),
                        new StaticPodPlanner(ports.context().paths()),
                        journals,
                        (_, _) -> Optional.empty(),
                        LogCheck.NONE)
                .finish(begun, begun.openTurn().orElseThrow());
        var closed = journals.read().close();
        journals.write(closed);
        var result = closed.lastTurn().orElseThrow().result();
        if (result != expected) {
            throw new IllegalStateException(closed.lastTurn().toString());
        }
    }
}
