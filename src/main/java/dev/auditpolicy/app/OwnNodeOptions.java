package dev.auditpolicy.app;

import dev.auditpolicy.agent.AgentFactory;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.host.http.HttpsApiServerProbe;
import java.io.IOException;
import java.security.GeneralSecurityException;
import picocli.CommandLine.Option;

/** How commands that a human runs on a node reach its kube-apiserver. */
final class OwnNodeOptions {

    @Option(
            names = "--host-address",
            defaultValue = "${env:HOST_IP:-127.0.0.1}",
            description = "IP address of the node, for a kube-apiserver that advertises none"
                    + " (default: environment variable HOST_IP, else 127.0.0.1).")
    private String hostAddress;

    @Option(
            names = "--certificate-authority-file",
            defaultValue = "/etc/kubernetes/pki/ca.crt",
            description = "File with the PEM by which to know the API server (default: ${DEFAULT-VALUE}).")
    private String certificateAuthorityFile;

    AgentFactory factory() throws IOException, GeneralSecurityException {
        var probe = HttpsApiServerProbe.anonymous(ClusterTrust.ofFile(certificateAuthorityFile));
        return new AgentFactory(LinuxNode.ports(probe, () -> true), NodePaths.kubeadm(), hostAddress);
    }
}
