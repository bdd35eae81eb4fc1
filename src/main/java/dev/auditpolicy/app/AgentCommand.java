package dev.auditpolicy.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.agent.AgentFactory;
import dev.auditpolicy.agent.Heartbeat;
import dev.auditpolicy.agent.Watchdog;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.status.KubernetesApi;
import dev.auditpolicy.agent.status.PhaseEvents;
import dev.auditpolicy.agent.status.StatusListener;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.host.http.HttpsApiServerProbe;
import dev.auditpolicy.host.http.HttpsAuditedRequests;
import dev.auditpolicy.host.process.OwnProcess;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Role 2: the only code that touches a node. Plain Java. */
@Command(
        name = "agent",
        description = "Runs the agent of one control-plane node, on that node.",
        mixinStandardHelpOptions = true)
final class AgentCommand implements Callable<Integer> {

    /** A call that an API server in trouble does not answer must not hold up the loop for long. */
    private static final int API_PATIENCE_MILLIS = 5000;

    @Option(
            names = "--node-name",
            defaultValue = "${env:NODE_NAME}",
            required = true,
            description = "Name of the Node that the agent runs on (default: environment variable NODE_NAME).")
    private String nodeName;

    @Option(
            names = "--host-address",
            defaultValue = "${env:HOST_IP}",
            required = true,
            description = "IP address of that node (default: environment variable HOST_IP).")
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
                    "Name of the agent's pod, which the guard is made after (default: environment variable POD_NAME).")
    private String podName;

    @Option(
            names = "--metrics-bind-address",
            defaultValue = "${env:METRICS_BIND_ADDRESS}",
            converter = BindAddress.Converter.class,
            paramLabel = "HOST:PORT",
            description =
                    "Where to serve /metrics and /healthz, to anybody who reaches it: HOST:PORT, or :PORT for every"
                            + " address of the node, or 0 for nowhere (default: environment variable METRICS_BIND_ADDRESS, else"
                            + " port " + BindAddress.DEFAULT_PORT + " of the host address).")
    private BindAddress metricsBindAddress;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        PlainLogging.configure();
        var config = new ConfigBuilder()
                .withRequestTimeout(API_PATIENCE_MILLIS)
                .withConnectionTimeout(API_PATIENCE_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        try (var client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withKubernetesSerialization(serialization())
                .build()) {
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
            lookAfter(heartbeat, meters);
            agent.run();
        }
        return 0;
    }

    /** Knows what the agent watches, and Status; left to itself it loads every kind of Kubernetes, 17 MB. */
    private static KubernetesSerialization serialization() {
        var serialization = new KubernetesSerialization(new ObjectMapper(), false);
        List.of(AuditNode.class, AuditPolicy.class, Status.class).forEach(serialization::registerKubernetesResource);
        return serialization;
    }

    private void lookAfter(Heartbeat heartbeat, AgentMeters meters) {
        var loop = Thread.currentThread();
        var watchdog = new Watchdog(heartbeat, loop::getStackTrace, Thread::sleep, OwnProcess::end);
        Thread.ofPlatform().daemon().name("watchdog").start(watchdog);
        Optional.ofNullable(metricsBindAddress)
                .orElseGet(() -> BindAddress.on(hostAddress))
                .socket()
                .map(address -> new MetricsEndpoint(address, meters::families, watchdog::isWell, Thread::sleep))
                .ifPresent(
                        endpoint -> Thread.ofPlatform().daemon().name("metrics").start(endpoint));
    }
}
