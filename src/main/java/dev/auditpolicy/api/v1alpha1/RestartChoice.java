package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How kube-apiserver is restarted, and why. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RestartChoice(
        @Required
        @JsonPropertyDescription(
                "strategy is InPlace (kubelet restarts the container of the existing pod), Recreate (the"
                        + " manifest changes, and kubelet creates a new pod) or RestartUnit (systemd restarts the unit).")
        @JsonAlias("way")
        Strategy strategy,

        @Required @Size(max = 1024) @JsonPropertyDescription("reason is a human-readable explanation of strategy.")
        String reason) {

    /** How to restart kube-apiserver. */
    public enum Strategy {
        /** The manifest does not change; kubelet restarts the container immediately. */
        @JsonProperty("InPlace")
        IN_PLACE,
        /** The manifest changes; kubelet replaces the pod after its grace period, at its next requeue. */
        @JsonProperty("Recreate")
        RECREATE,
        /** systemd stops and starts the unit. */
        @JsonProperty("RestartUnit")
        RESTART_UNIT
    }
}
