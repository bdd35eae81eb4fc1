package dev.auditpolicy.app;

import dev.auditpolicy.agent.identity.CertificateRenewal;
import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.host.http.Credentials;
import dev.auditpolicy.identity.AgentIdentity;
import dev.auditpolicy.identity.AgentKubeconfig;
import dev.auditpolicy.journal.FileImage;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kubeconfig of an agent on a host without a Node.
 *
 * @param kubeconfig as it was when this process started
 */
record AgentKubeconfigFile(String path, AgentIdentity identity, AgentKubeconfig kubeconfig) {

    /** @param path null if the agent has the service account of a pod */
    static Optional<AgentKubeconfigFile> read(@Nullable String path, String host) throws IOException {
        if (path == null) {
            return Optional.empty();
        }
        var identity = AgentIdentity.ofHost(host)
                .orElseThrow(() -> new IOException("'" + host + "' cannot be the name of an AuditNode"));
        var text = new NodeFiles(new LinuxDisk())
                .read(path)
                .map(FileImage::text)
                .orElseThrow(() -> new IOException("no file " + path + ": run auditpolicy enroll " + host
                        + " where you administer the cluster, and copy the file that it writes"));
        var kubeconfig = new AgentKubeconfig(text);
        if (!identity.isSubjectOf(kubeconfig.certificate())) {
            throw new IOException(path + " has the certificate of "
                    + kubeconfig.certificate().getSubjectX500Principal().getName() + ", and this host is "
                    + identity.host() + ": run auditpolicy enroll " + identity.host()
                    + " where you administer the cluster, and copy the file that it writes");
        }
        return Optional.of(new AgentKubeconfigFile(path, identity, kubeconfig));
    }

    Config config() {
        return Config.fromKubeconfig(kubeconfig.yaml());
    }

    Credentials credentials() {
        return new Credentials.Certificate(identity.user(), AgentIdentity.GROUP);
    }

    CertificateRenewal renewal(KubernetesClient client) {
        return new CertificateRenewal(
                client,
                new NodeFiles(new LinuxDisk()),
                path,
                identity,
                kubeconfig.certificate(),
                InstantSource.system());
    }
}
