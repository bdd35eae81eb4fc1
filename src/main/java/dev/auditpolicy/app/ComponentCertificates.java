package dev.auditpolicy.app;

import dev.auditpolicy.host.file.LinuxDisk;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.FileImage;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client certificates of the components on a kubeadm node, from their kubeconfigs. They are read for each request, because
 * kubeadm renews them.
 */
final class ComponentCertificates implements Supplier<List<SSLSocketFactory>> {

    private static final Logger LOG = LoggerFactory.getLogger(ComponentCertificates.class);

    /** The one with the fewest permissions first. Administrators may remove admin.conf. */
    private static final List<String> KUBECONFIGS = List.of(
            "/etc/kubernetes/scheduler.conf", "/etc/kubernetes/controller-manager.conf", "/etc/kubernetes/admin.conf");

    private final NodeFiles files = new NodeFiles(new LinuxDisk());

    @Override
    public List<SSLSocketFactory> get() {
        return KUBECONFIGS.stream()
                .flatMap(kubeconfig -> read(kubeconfig).stream())
                .toList();
    }

    private Optional<SSLSocketFactory> read(String kubeconfig) {
        try {
            var text = files.read(kubeconfig).map(FileImage::text);
            return text.isPresent()
                    ? Optional.of(ClusterTrust.of(Config.fromKubeconfig(text.get())))
                    : Optional.empty();
        } catch (IOException
                | GeneralSecurityException
                | KubernetesClientException
                | IllegalArgumentException failure) {
            LOG.atWarn()
                    .addKeyValue("kubeconfig", kubeconfig)
                    .addKeyValue("reason", failure.getMessage())
                    .log("Cannot read the client certificate of a component");
            return Optional.empty();
        }
    }
}
