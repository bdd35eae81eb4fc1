package dev.auditpolicy.app;

import dev.auditpolicy.agent.AgentFactory;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.http.TokenlessApiServerProbe;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of commands that an administrator runs on a node. */
final class OwnNodeOptions {

    private static final String KUBEADM_AUTHORITY = "/etc/kubernetes/pki/ca.crt";
    private static final String AGENT_KUBECONFIG = "/etc/auditpolicy/agent.kubeconfig";

    @Option(
            names = "--host-address",
            defaultValue = "${env:HOST_IP:-127.0.0.1}",
            description = "IP address of the node, used when kube-apiserver does not set --advertise-address"
                    + " (default: environment variable HOST_IP, or else 127.0.0.1).")
    private String hostAddress;

    @Option(
            names = "--certificate-authority-file",
            paramLabel = "FILE",
            description = "File with the PEM with which to trust the API server (default: " + KUBEADM_AUTHORITY
                    + ", or else the one in " + AGENT_KUBECONFIG + ").")
    private @Nullable String certificateAuthorityFile;

    @Mixin
    private UnitOption unit;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    AgentFactory factory() throws IOException, GeneralSecurityException {
        var probe = new TokenlessApiServerProbe(trust(), new ComponentCertificates(), System::nanoTime);
        var node = unit.node();
        return new AgentFactory(node.ports(probe, () -> true), node.paths(), hostAddress);
    }

    private SSLSocketFactory trust() throws GeneralSecurityException {
        try {
            var files = new NodeFiles(new LinuxDisk());
            var kubeconfig = files.read(AGENT_KUBECONFIG);
            if (certificateAuthorityFile == null
                    && kubeconfig.isPresent()
                    && files.read(KUBEADM_AUTHORITY).isEmpty()) {
                return ClusterTrust.of(Config.fromKubeconfig(kubeconfig.get().text()));
            }
            return ClusterTrust.ofFile(
                    Optional.ofNullable(certificateAuthorityFile).orElse(KUBEADM_AUTHORITY));
        } catch (IOException failure) {
            throw new ParameterException(
                    command.commandLine(),
                    "cannot read the certificate authority of the cluster: " + failure.getMessage()
                            + ": name its file with --certificate-authority-file",
                    failure);
        }
    }
}
