package dev.auditpolicy.app;

import dev.auditpolicy.controller.ApiServerReadiness;
import dev.auditpolicy.controller.Cluster;
import dev.auditpolicy.controller.CommittedRevisions;
import dev.auditpolicy.controller.Compiler;
import dev.auditpolicy.controller.Observer;
import dev.auditpolicy.controller.OwnNode;
import dev.auditpolicy.controller.StatusFactory;
import dev.auditpolicy.controller.StatusWriter;
import dev.auditpolicy.controller.metrics.ClusterMeters;
import dev.auditpolicy.host.http.Credentials;
import dev.auditpolicy.host.http.HttpsApiServerProbe;
import dev.auditpolicy.telemetry.EventRecorder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The collaborators of the reconciler. QOSDK creates the reconciler itself. */
final class ControllerBeans {

    private static final EventRecorder.Source EVENTS =
            new EventRecorder.Source("auditpolicy.dev/controller", "controller");

    private ControllerBeans() {}

    @Produces
    @Singleton
    static InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    static Cluster cluster(KubernetesClient client) {
        return new Cluster(client);
    }

    @Produces
    @Singleton
    static Observer observer(Cluster cluster, KubernetesClient client, InstantSource clock)
            throws GeneralSecurityException, IOException {
        var probe = new HttpsApiServerProbe(
                ClusterTrust.of(client.getConfiguration()), new Credentials.Token(new BearerToken(client)));
        return new Observer(cluster, new ApiServerReadiness(probe::problem, clock), clock);
    }

    @Produces
    @Singleton
    static Compiler compiler(Cluster cluster, InstantSource clock) {
        return new Compiler(cluster, clock);
    }

    @Produces
    @Singleton
    static StatusFactory statuses(InstantSource clock) {
        return new StatusFactory(clock);
    }

    @Produces
    @Singleton
    static StatusWriter writer(Cluster cluster, KubernetesClient client, InstantSource clock) {
        return new StatusWriter(cluster, new EventRecorder(client, EVENTS, clock));
    }

    /** Environment variable POD_NAMESPACE. */
    @Produces
    @Singleton
    static CommittedRevisions revisions(
            KubernetesClient client, @ConfigProperty(name = "pod.namespace") String namespace) {
        return new CommittedRevisions(client, namespace);
    }

    @Produces
    @Singleton
    static ClusterMeters meters(MeterRegistry registry) {
        return new ClusterMeters(registry, Version.ofThisBuild());
    }

    /** Environment variable NODE_NAME. */
    @Produces
    @Singleton
    static OwnNode ownNode(@ConfigProperty(name = "node.name") Optional<String> name) {
        return new OwnNode(name);
    }
}
