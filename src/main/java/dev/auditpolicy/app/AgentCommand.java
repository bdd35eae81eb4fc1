package dev.auditpolicy.app;

import dev.auditpolicy.agent.AgentFactory;
import dev.auditpolicy.agent.KubernetesApi;
import dev.auditpolicy.agent.NodePaths;
import dev.auditpolicy.host.HttpsApiServerProbe;
import dev.auditpolicy.host.JournalFile;
import dev.auditpolicy.host.LinuxFiles;
import dev.auditpolicy.host.NodeLock;
import dev.auditpolicy.host.PodLogStarts;
import dev.auditpolicy.host.ProcApiServerProcesses;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
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

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        PlainLogging.configure();
        var config = new ConfigBuilder()
                .withRequestTimeout(API_PATIENCE_MILLIS)
                .withConnectionTimeout(API_PATIENCE_MILLIS)
                .withRequestRetryBackoffLimit(0)
                .build();
        var files = new LinuxFiles();
        try (var _ = NodeLock.acquire(NodeLock.PATH);
                var client = new KubernetesClientBuilder()
                        .withConfig(config)
                        .withHttpClientFactory(new JdkHttpClientFactory())
                        .build()) {
            new AgentFactory(
                            new KubernetesApi(client, nodeName),
                            files,
                            new ProcApiServerProcesses(),
                            new PodLogStarts(),
                            new HttpsApiServerProbe(ClusterTrust.of(config), new BearerToken(client)),
                            new JournalFile(files, JournalFile.PATH),
                            NodePaths.kubeadm(),
                            InstantSource.system())
                    .create(hostAddress)
                    .run();
        }
        return 0;
    }
}
