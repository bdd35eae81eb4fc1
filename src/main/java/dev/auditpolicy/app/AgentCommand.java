package dev.auditpolicy.app;

import dev.auditpolicy.agent.AgentFactory;
import dev.auditpolicy.agent.KubernetesApi;
import dev.auditpolicy.agent.NodePaths;
import dev.auditpolicy.host.HttpsApiServerProbe;
import dev.auditpolicy.host.HttpsAuditedRequests;
import dev.auditpolicy.host.NodeLock;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
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
                .build()) {
            var trust = ClusterTrust.of(config);
            var token = new BearerToken(client);
            var probe = new HttpsApiServerProbe(trust, token);
            new AgentFactory(LinuxNode.ports(probe, new NodeLock(NodeLock.GUARD)), NodePaths.kubeadm(), hostAddress)
                    .agent(
                            new KubernetesApi(client, nodeName, podNamespace, podName),
                            new HttpsAuditedRequests(trust, token),
                            ClusterTrust.certificateAuthority(config))
                    .run();
        }
        return 0;
    }
}
