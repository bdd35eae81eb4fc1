package dev.auditpolicy.app;

import dev.auditpolicy.agent.AgentFactory;
import dev.auditpolicy.agent.Heartbeat;
import dev.auditpolicy.agent.Rehearsal;
import dev.auditpolicy.agent.Watchdog;
import dev.auditpolicy.agent.identity.CertificateRenewal;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.PhaseEvents;
import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.host.file.StateDirectory;
import dev.auditpolicy.host.http.Credentials;
import dev.auditpolicy.host.http.HttpsApiServerMetrics;
import dev.auditpolicy.host.http.HttpsApiServerProbe;
import dev.auditpolicy.host.http.HttpsAuditedRequests;
import dev.auditpolicy.host.process.OwnProcess;
import dev.auditpolicy.identity.EnrolledHosts;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the agent, without Quarkus. */
@Command(name = "agent", description = "Run the agent on a control-plane node.", mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {

    /** An unresponsive API server must not block the loop for long. */
    private static final int API_TIMEOUT_MILLIS = 5000;

    private static final Duration RENEWAL_INTERVAL = Duration.ofMinutes(1);

    @Spec
    private CommandSpec command;

    @Option(
            names = {"--node-name", "--host"},
            defaultValue = "${env:NODE_NAME}",
            required = true,
            description = "Name of the Node on which the agent runs, or of the host that was enrolled (default:"
                    + " environment variable NODE_NAME).")
    private String nodeName;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "On a host without a Node: the file that \"auditpolicy enroll\" wrote. The agent renews the"
                    + " certificate in it, and then exits with code 0 to be started with the new one. Without this option,"
                    + " the agent uses the service account of its pod.")
    private @Nullable String kubeconfig;

    @Option(
            names = "--host-address",
            defaultValue = "${env:HOST_IP:-127.0.0.1}",
            required = true,
            description = "IP address of the node (default: environment variable HOST_IP, or else 127.0.0.1).")
    private String hostAddress;

    @Mixin
    private LogLevelOption logLevel;

    @Option(
            names = "--pod-namespace",
            defaultValue = "${env:POD_NAMESPACE:-}",
            description = "Namespace of the agent's pod (default: environment variable POD_NAMESPACE).")
    private String podNamespace;

    @Option(
            names = "--pod-name",
            defaultValue = "${env:POD_NAME:-}",
            description =
                    "Name of the agent's pod, from which the guard is created (default: environment variable POD_NAME).")
    private String podName;

    @Mixin
    private MetricsOptions metrics;

    @Mixin
    private UnitOption unit;

    @Option(
            names = "--check",
            description =
                    "Say what the agent finds on this host and what it would do, change nothing, and exit: with code 0 if it"
                            + " could do its work, else 1.")
    private boolean check;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        if (kubeconfig == null && (podNamespace.isEmpty() || podName.isEmpty())) {
            throw new ParameterException(
                    command.commandLine(),
                    "Missing required options: --pod-namespace and --pod-name in a pod, or --kubeconfig on a host");
        }
        checkMetricsOptions();
        var identity = readKubeconfig();
        PlainLogging.configure(logLevel.level());
        if (!check) {
            new StateDirectory(StateDirectory.PATH).protect();
        }
        var name = identity.map(file -> file.identity().host()).orElse(nodeName);
        var config = identity.map(file -> new ConfigBuilder(file.config()))
                .orElseGet(ConfigBuilder::new)
                .withRequestTimeout(API_TIMEOUT_MILLIS)
                .withConnectionTimeout(API_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var client = AgentClient.of(config)) {
            var trust = ClusterTrust.of(config);
            var credentials = identity.map(AgentKubeconfigFile::credentials)
                    .orElseGet(() -> new Credentials.Token(new BearerToken(client)));
            var probe = new HttpsApiServerProbe(trust, credentials);
            var node = unit.node();
            var heartbeat = new Heartbeat();
            var meters = new AgentMeters(Version.ofThisBuild(), InstantSource.system());
            var events = new PhaseEvents(new EventRecorder(
                    client, new EventRecorder.Source("auditpolicy.dev/agent", name), InstantSource.system()));
            var factory = new AgentFactory(node.ports(probe, new NodeLock(NodeLock.GUARD)), node.paths(), hostAddress);
            var api = new KubernetesApi(
                    client, name, namespace(), podName, StatusListener.all(meters, events, new HeapTrimmer()));
            if (check) {
                return print(factory.rehearsal(api).report());
            }
            var agent = factory.agent(
                    api,
                    new HttpsAuditedRequests(trust, credentials),
                    new HttpsApiServerMetrics(trust, credentials),
                    ClusterTrust.certificateAuthority(config),
                    heartbeat,
                    meters);
            startMonitoring(heartbeat, meters, client);
            var renewal = identity.map(file -> file.renewal(client));
            renewal.ifPresent(AgentCommand::startRenewal);
            agent.runUntil(() -> renewal.filter(CertificateRenewal::isRenewed).isPresent());
        }
        return 0;
    }

    /** A service has no pod, and the Secret of the webhook is where the operator is. */
    private String namespace() {
        return podNamespace.isEmpty() ? EnrolledHosts.NAMESPACE : podNamespace;
    }

    private int print(Rehearsal.Report report) {
        report.lines().forEach(command.commandLine().getOut()::println);
        return report.succeeds() ? 0 : 1;
    }

    private void checkMetricsOptions() {
        try {
            metrics.check();
        } catch (IllegalArgumentException contradiction) {
            throw new ParameterException(
                    command.commandLine(), String.valueOf(contradiction.getMessage()), contradiction);
        }
    }

    private Optional<AgentKubeconfigFile> readKubeconfig() {
        try {
            return AgentKubeconfigFile.read(kubeconfig, nodeName);
        } catch (IOException failure) {
            throw new ParameterException(command.commandLine(), String.valueOf(failure.getMessage()), failure);
        }
    }

    private static void startRenewal(CertificateRenewal renewal) {
        Thread.ofPlatform().daemon().name("certificate").start(() -> {
            try {
                while (!renewal.isRenewed()) {
                    renewal.check();
                    Thread.sleep(RENEWAL_INTERVAL);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void startMonitoring(Heartbeat heartbeat, AgentMeters meters, KubernetesClient client) {
        var loop = Thread.currentThread();
        var watchdog = new Watchdog(heartbeat, loop::getStackTrace, Thread::sleep, OwnProcess::halt);
        Thread.ofPlatform().daemon().name("watchdog").start(watchdog);
        metrics.address(hostAddress)
                .map(address -> new MetricsEndpoint(
                        address,
                        metrics.security(client, hostAddress),
                        meters::families,
                        watchdog::isHealthy,
                        Thread::sleep))
                .ifPresent(
                        endpoint -> Thread.ofPlatform().daemon().name("metrics").start(endpoint));
    }
}
