package dev.auditpolicy.app;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** The agent's client of the API server, with little memory. */
public final class AgentClient {

    private AgentClient() {}

    /** A client that reads nothing before its first request. */
    public static KubernetesClient of(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withKubernetesSerialization(serialization())
                .build();
    }

    /** The agent reads only the turn. As an object, a spec of 1.5 MB takes more than 24 MB. */
    @JsonIgnoreProperties("spec")
    private interface WithoutSpec {}

    /** Registers only the kinds that the agent uses. By default, fabric8 loads all kinds of Kubernetes, which takes 17 MB. */
    private static KubernetesSerialization serialization() {
        var mapper = new ObjectMapper().addMixIn(AuditPolicy.class, WithoutSpec.class);
        var serialization = new KubernetesSerialization(mapper, false);
        List.of(AuditNode.class, AuditPolicy.class, Status.class).forEach(serialization::registerKubernetesResource);
        return serialization;
    }
}
