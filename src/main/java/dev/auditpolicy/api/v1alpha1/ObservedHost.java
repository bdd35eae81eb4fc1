package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How a kube-apiserver is run. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ObservedHost(
        @Required
        @JsonPropertyDescription(
                "kind is StaticPod (kubelet runs kube-apiserver from a manifest on the node), SystemdUnit (systemd runs it as a"
                        + " service) or Unknown (the agent finds no such kube-apiserver).")
        Kind kind,

        @Size(max = 64)
        @JsonPropertyDescription(
                "distribution is what manages the node, such as kubeadm or RKE2, as far as its files and processes show.")
        @Nullable
        String distribution) {

    /** What starts kube-apiserver. */
    public enum Kind {
        /** kubelet, from a manifest on the node. */
        @JsonProperty("StaticPod")
        STATIC_POD,
        /** systemd, as a service. */
        @JsonProperty("SystemdUnit")
        SYSTEMD_UNIT,
        /** Something else, or nothing. */
        @JsonProperty("Unknown")
        UNKNOWN
    }
}
