package dev.auditpolicy.app;

import picocli.CommandLine.Mixin;
import dev.auditpolicy.agent.AgentFactory;
import dev.auditpolicy.host.http.TokenlessApiServerProbe;
import java.io.IOException;
import java.security.GeneralSecurityException;
import picocli.CommandLine.Option;

/** Options of commands that an administrator runs on a node. */
final class OwnNodeOptions {

    @Option(
            names = "--host-address",
            defaultValue = "${env:HOST_IP:-127.0.0.1}",
            description = "IP address of the node, used when kube-apiserver does not set --advertise-address"
                    + " (default: environment variable HOST_IP, or else 127.0.0.1).")
    private String hostAddress;

    @Option(
            names = "--certificate-authority-file",
            defaultValue = "/etc/kubernetes/pki/ca.crt",
            description = "File with the PEM with which to trust the API server (default: ${DEFAULT-VALUE}).")
    private String certificateAuthorityFile;

    @Mixin
    private UnitOption unit;

    AgentFactory factory() throws IOException, GeneralSecurityException {
        var probe = new TokenlessApiServerProbe(
                ClusterTrust.ofFile(certificateAuthorityFile), new ComponentCertificates(), System::nanoTime);
        var node = unit.node();
        return new AgentFactory(node.ports(probe, () -> true), node.paths(), hostAddress);
    }
}
