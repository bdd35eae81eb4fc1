package dev.auditpolicy.app;

import dev.auditpolicy.agent.AgentFactory;
import dev.auditpolicy.agent.Heartbeat;
import dev.auditpolicy.agent.Watchdog;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.PhaseEvents;
import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.host.file.StateDirectory;
import dev.auditpolicy.host.http.HttpsApiServerProbe;
import dev.auditpolicy.host.http.HttpsAuditedRequests;
import dev.auditpolicy.host.process.OwnProcess;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the agent, without Quarkus. */
@Command(name = "agent", description = "Run the agent on a control-plane node.", mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {

    /** An unresponsive API server must not block the loop for long. */
    private static final int API_TIMEOUT_MILLIS = 5000;

    @Option(
            names = "--node-name",
            defaultValue = "${env:NODE_NAME}",
            required = true,
            description = "Name of the Node on which the agent runs (default: environment variable NODE_NAME).")
    private String nodeName;

    @Option(
            names = "--host-address",
            defaultValue = "${env:HOST_IP}",
            required = true,
            description = "IP address of the node (default: environment variable HOST_IP).")
    private String hostAddress;

    @Option(
            names = "--pod-namespace",
            defaultValue = "${env:POD_NAMESPACE}",
            required = true,
            description = "Namespace of the agent's pod (default: environment variable POD_NAMESPACE).")
    private String podNamespace;

    @Option(
            names = "--pod-name",
            defaultValue = "${env:POD_NAME}",
            required = true,
            description =
                    "Name of the agent's pod, from which the guard is created (default: environment variable POD_NAME).")
    private String podName;

    @Option(
            names = "--metrics-bind-address",
            defaultValue = "${env:METRICS_BIND_ADDRESS}",
            converter = BindAddress.Converter.class,
            paramLabel = "HOST:PORT",
            description =
                    "Address for /metrics and /healthz, without authentication: HOST:PORT, :PORT for all addresses of"
                            + " the node, or 0 to disable (default: environment variable METRICS_BIND_ADDRESS, or else port "
                            + BindAddress.DEFAULT_PORT + " of the host address).")
    private @Nullable BindAddress metricsBindAddress;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        PlainLogging.configure();
        new StateDirectory(StateDirectory.PATH).protect();
        var config = new ConfigBuilder()
                .withRequestTimeout(API_TIMEOUT_MILLIS)
                .withConnectionTimeout(API_TIMEOUT_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var client = AgentClient.of(config)) {
            var trust = ClusterTrust.of(config);
            var token = new BearerToken(client);
            var probe = new HttpsApiServerProbe(trust, token);
            var heartbeat = new Heartbeat();
            var meters = new AgentMeters(Version.ofThisBuild(), InstantSource.system());
            var events = new PhaseEvents(new EventRecorder(
                    client, new EventRecorder.Source("auditpolicy.dev/agent", nodeName), InstantSource.system()));
            var agent = new AgentFactory(
                            LinuxNode.ports(probe, new NodeLock(NodeLock.GUARD)), NodePaths.kubeadm(), hostAddress)
                    .agent(
                            new KubernetesApi(
                                    client,
                                    nodeName,
                                    podNamespace,
                                    podName,
                                    StatusListener.all(meters, events, new HeapTrimmer())),
                            new HttpsAuditedRequests(trust, token),
                            ClusterTrust.certificateAuthority(config),
                            heartbeat,
                            meters);
            startMonitoring(heartbeat, meters);
            agent.run();
        }
        return 0;
    }

    private void startMonitoring(Heartbeat heartbeat, AgentMeters meters) {
        var loop = Thread.currentThread();
        var watchdog = new Watchdog(heartbeat, loop::getStackTrace, Thread::sleep, OwnProcess::halt);
        Thread.ofPlatform().daemon().name("watchdog").start(watchdog);
        Optional.ofNullable(metricsBindAddress)
                .orElseGet(() -> BindAddress.on(hostAddress))
                .socket()
                .map(address -> new MetricsEndpoint(address, meters::families, watchdog::isHealthy, Thread::sleep))
                .ifPresent(
                        endpoint -> Thread.ofPlatform().daemon().name("metrics").start(endpoint));
    }
}
