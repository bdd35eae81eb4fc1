package dev.auditpolicy.app;

import dev.auditpolicy.agent.AgentFactory;
import dev.auditpolicy.host.file.NodeLock;
import dev.auditpolicy.host.file.StateDirectory;
import dev.auditpolicy.host.http.TokenlessApiServerProbe;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the guard, which the agent starts as a static pod for the duration of a turn. */
@Command(
        name = "guard",
        description = "Finish or roll back a turn if no agent runs. The agent starts this command as a static pod.",
        mixinStandardHelpOptions = true)
final class GuardCommand implements Callable<Integer> {

    @Option(
            names = "--host-address",
            defaultValue = "${env:HOST_IP}",
            required = true,
            description = "IP address of the node (default: environment variable HOST_IP).")
    private String hostAddress;

    @Option(
            names = "--certificate-authority",
            defaultValue = "${env:CERTIFICATE_AUTHORITY}",
            required = true,
            description =
                    "PEM with which to trust the API server (default: environment variable CERTIFICATE_AUTHORITY).")
    private String certificateAuthority;

    @Override
    public Integer call() throws IOException, GeneralSecurityException, InterruptedException {
        PlainLogging.configure();
        new StateDirectory(StateDirectory.PATH).protect();
        var probe = new TokenlessApiServerProbe(
                ClusterTrust.of(certificateAuthority), new ComponentCertificates(), System::nanoTime);
        try (var _ = new NodeLock(NodeLock.GUARD).acquire()) {
            var node = LinuxNode.ofStaticPods();
            new AgentFactory(node.ports(probe, () -> true), node.paths(), hostAddress)
                    .guard()
                    .run();
        }
        return 0;
    }
}
