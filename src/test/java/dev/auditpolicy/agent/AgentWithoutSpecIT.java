package dev.auditpolicy.agent;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.evaluate.AuditStateVerifier;
import dev.auditpolicy.agent.evaluate.ChangePreflight;
import dev.auditpolicy.agent.evaluate.JournalSpaceCheck;
import dev.auditpolicy.agent.evaluate.LogPreflight;
import dev.auditpolicy.agent.evaluate.LogVerifier;
import dev.auditpolicy.agent.evaluate.NodeEvaluator;
import dev.auditpolicy.agent.evaluate.RememberedPreflight;
import dev.auditpolicy.agent.forecast.ChangeForecast;
import dev.auditpolicy.agent.forecast.LogForecast;
import dev.auditpolicy.agent.log.CanaryProof;
import dev.auditpolicy.agent.log.CanaryRequests;
import dev.auditpolicy.agent.log.CanarySender;
import dev.auditpolicy.agent.log.LogFileKeeper;
import dev.auditpolicy.agent.log.LogMeter;
import dev.auditpolicy.agent.log.LogReport;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.node.ConcurrentChangeDetector;
import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodeObserver;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.observe.ConfigurationObserver;
import dev.auditpolicy.agent.observe.HostObserver;
import dev.auditpolicy.agent.observe.NodeOnPaper;
import dev.auditpolicy.agent.plan.StaticPodPlanner;
import dev.auditpolicy.agent.reapply.Reapplier;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.PeerDifferences;
import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.agent.status.StatusReport;
import dev.auditpolicy.agent.status.TurnAcquirer;
import dev.auditpolicy.agent.turn.LogCheck;
import dev.auditpolicy.agent.turn.TurnRunner;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.deploy.Account;
import dev.auditpolicy.deploy.ApiServer;
import dev.auditpolicy.deploy.OperatorInstalled;
import dev.auditpolicy.deploy.Samples;
import dev.auditpolicy.host.file.Hold;
import dev.auditpolicy.host.file.JournalFile;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.kind.StaticPodHost;
import dev.auditpolicy.journal.BootTime;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An agent of whose node nothing is desired, with a real API server and real files. */
@ExtendWith(OperatorInstalled.class)
class AgentWithoutSpecIT {

    private static final String POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n";

    private static final Path MANIFEST =
            Path.of("src/test/resources/dev/auditpolicy/manifest/golden/kubeadm-1.36/in.yaml");

    @TempDir
    Path directory;

    private final KubernetesClient controller;
    private final KubernetesClient client;
    private final KubernetesClient peer;
    private final RunningApiServer server = new RunningApiServer(
            List.of("--audit-policy-file=/etc/p.yaml", "--audit-log-path=/logs/audit.log", "--audit-log-maxage=7"));
    private final NodeOnPaper survey = new NodeOnPaper();
    private long seconds;

    AgentWithoutSpecIT(ApiServer apiServer) {
        controller = apiServer.clientOf(Account.controller());
        client = apiServer.clientOf(Account.agentOn("cp1"));
        peer = apiServer.clientOf(Account.agentOn("cp2"));
    }

    @BeforeEach
    void createAuditNodes() throws IOException {
        Files.createDirectory(directory.resolve("manifests"));
        Files.writeString(directory.resolve("manifests/kube-apiserver.yaml"), "apiVersion: v1\nkind: Pod\n");
        survey.files.put("/etc/p.yaml", POLICY);
        survey.mounts.put("/logs/audit.log", "/var/log/audit.log");
        for (var name : List.of("cp1", "cp2")) {
            var node = Samples.auditNode(name);
            node.setSpec(null);
            controller.resource(node).create();
        }
    }

    @AfterEach
    void close() {
        List.of("cp1", "cp2")
                .forEach(name ->
                        controller.resources(AuditNode.class).withName(name).delete());
        controller.close();
        client.close();
        peer.close();
    }

    @Test
    void reportsWhatRunsAndChangesNothing() throws Exception {
        var before = tree();
        var agent = agent();

        agent.runOnce();
        var first = auditNode();
        agent.runOnce();

        assertThat(first.getStatus().phase()).isEqualTo(Phase.OBSERVED);
        assertThat(first.getStatus().revision()).isNull();
        var observed = first.getStatus().observed();
        assertThat(observed.owner()).isEqualTo(Observed.Owner.FOREIGN);
        assertThat(observed.flags()).contains("--audit-log-maxage=7");
        assertThat(observed.policy().text()).isEqualTo(POLICY);
        assertThat(observed.logPath()).isEqualTo("/var/log/audit.log");
        assertThat(first.getStatus().kubeAPIServer().version()).isEqualTo("v1.36.3");
        assertThat(tree()).isEqualTo(before);
        // A status that does not change is not written.
        assertThat(auditNode().getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void namesHowTheNodeDiffersFromAnotherWithinAMinute() throws Exception {
        var agent = agent();
        agent.runOnce();
        assertThat(auditNode().getStatus().message()).isEmpty();

        var other = peer.resources(AuditNode.class).withName("cp2").get();
        other.setStatus(auditNode().getStatus().observing(withMaxAge(auditNode().getStatus(), "30"), null));
        peer.resource(other).updateStatus();
        seconds = 61;
        agent.runOnce();

        assertThat(auditNode().getStatus().message()).isEqualTo("--audit-log-maxage: 7 here, 30 on cp2");
    }

    /** What the agent does with a spec, to prove that this test would see a change. */
    @Test
    void evaluatesTheNodeAsSoonAsSomethingIsDesired() throws Exception {
        var agent = agent();
        agent.runOnce();

        controller.resource(Samples.auditNode("cp1")).update();
        agent.runOnce();

        assertThat(auditNode().getStatus().phase()).isEqualTo(Phase.REFUSED);
        assertThat(auditNode().getStatus().observed()).isNotNull();
    }

    /** Somebody else's link is no reason to observe nothing, and there is nothing to give back. */
    @Test
    void reportsWhatRunsWhereALinkIsAtThePathOfThePolicy() throws Exception {
        Files.copy(MANIFEST, directory.resolve("manifests/kube-apiserver.yaml"), REPLACE_EXISTING);
        Files.createSymbolicLink(directory.resolve("policy.yaml"), MANIFEST.toAbsolutePath());
        var agent = agent();

        agent.runOnce();
        assertThat(auditNode().getStatus().phase()).isEqualTo(Phase.OBSERVED);
        assertThat(auditNode().getStatus().observed().flags()).contains("--audit-log-maxage=7");

        var node = Samples.auditNode("cp1");
        controller.resource(node).update();
        agent.runOnce();
        assertThat(auditNode().getStatus().phase()).isEqualTo(Phase.REFUSED);
        assertThat(auditNode().getStatus().message()).contains("policy.yaml is not a regular file");

        node.setSpec(node.getSpec().restoring("restore-1", 1L, 1, 60));
        controller.resource(node).update();
        agent.runOnce();
        assertThat(auditNode().getStatus().phase()).isEqualTo(Phase.RESTORED);
    }

    private static Observed withMaxAge(AuditNodeStatus status, String maxAge) {
        var seen = status.observed();
        return new Observed(
                seen.summary(),
                seen.owner(),
                seen.host(),
                seen.flags().stream()
                        .map(flag -> flag.replace("--audit-log-maxage=7", "--audit-log-maxage=" + maxAge))
                        .toList(),
                seen.policy(),
                seen.logPath(),
                seen.webhook(),
                List.of(),
                List.of());
    }

    private AuditNode auditNode() {
        return controller.resources(AuditNode.class).withName("cp1").get();
    }

    private Map<Path, String> tree() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).collect(toMap(file -> file, AgentWithoutSpecIT::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private BootTime ticks() {
        return new BootTime("boot", Duration.ofSeconds(seconds).toMillis());
    }

    private Agent agent() {
        InstantSource clock = () -> RunningApiServer.STARTED.plusSeconds(600 + seconds);
        var files = new NodeFiles(new LinuxDisk());
        var paths =
                new NodePaths(path("manifests/kube-apiserver.yaml"), path("policy.yaml"), path("manifests/guard.yaml"));
        var observer = new NodeObserver(
                files,
                server,
                server,
                server,
                new ConcurrentChangeDetector(server, files, paths, clock, this::ticks),
                new StaticPodHost(),
                paths,
                "192.0.2.1");
        var journals = new JournalFile(files, path("journal"));
        var hold = new Hold(files, path("hold"));
        var context = new NodeContext(
                files,
                server,
                server,
                server,
                observer,
                new StaticPodHost(),
                paths,
                hold,
                server,
                clock,
                this::ticks,
                Thread::sleep);
        var meter = new LogMeter(server);
        var canaries = new CanaryProof(
                new CanarySender(new CanaryRequests(server, observer::address, "cp1"), server, this::ticks),
                clock,
                this::ticks,
                Thread::sleep);
        var preflight = new ChangePreflight(
                new RememberedPreflight(server, clock), new LogPreflight(server), NoWebhook.preflight());
        var host = new HostObserver(survey, paths, this::ticks);
        var api = new KubernetesApi(client, "cp1", "auditpolicy-system", "agent", StatusListener.all());
        var report = new StatusReport(clock);
        return new Agent(
                api,
                observer,
                journals,
                new NodeEvaluator(
                        new StaticPodPlanner(paths),
                        new JournalSpaceCheck(journals),
                        server,
                        preflight,
                        new AuditStateVerifier(
                                new LogVerifier(
                                        meter,
                                        canaries,
                                        new LogReport(clock),
                                        new LogFileKeeper((_, _, _, _) -> false)),
                                NoWebhook::verify),
                        host::obstacle),
                TurnRunner.on(
                        context, new StaticPodPlanner(context.paths()), journals, preflight::refusal, LogCheck.NONE),
                new TurnAcquirer(api, server, journals, report, clock, this::ticks),
                report,
                new NodeSurveyor(
                        observer,
                        server,
                        new ConfigurationObserver(survey, host, clock, meter),
                        new PeerDifferences(api, this::ticks),
                        NoWebhook.sinks(this::ticks, clock),
                        clock),
                hold,
                server,
                new AgentMeters("test", clock),
                new IterationFailures(api, report),
                new Reapplier(context, journals),
                NoWebhook.upkeep(this::ticks),
                new ChangeForecast(
                        context,
                        new StaticPodPlanner(context.paths()),
                        new LogForecast(server, NoWebhook.metrics(), observer::address, clock, this::ticks)));
    }
}
