package dev.auditpolicy.app;

import dev.auditpolicy.controller.ApiServerReadiness;
import dev.auditpolicy.controller.AuditPolicyReconciler;
import dev.auditpolicy.controller.Cluster;
import dev.auditpolicy.controller.Compiler;
import dev.auditpolicy.controller.Observer;
import dev.auditpolicy.controller.StatusFactory;
import dev.auditpolicy.host.HttpsApiServerProbe;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the controller together. */
final class ControllerBeans {

    private ControllerBeans() {}

    @Produces
    @Singleton
    static AuditPolicyReconciler reconciler(
            KubernetesClient client, @ConfigProperty(name = "node.name") Optional<String> ownNode)
            throws GeneralSecurityException, IOException {
        var clock = InstantSource.system();
        var cluster = new Cluster(client);
        var probe = new HttpsApiServerProbe(ClusterTrust.of(client.getConfiguration()), new BearerToken(client));
        return new AuditPolicyReconciler(
                cluster,
                new Observer(cluster, new ApiServerReadiness(probe::isReady, clock), clock),
                new Compiler(cluster),
                new StatusFactory(clock),
                clock,
                ownNode);
    }
}
