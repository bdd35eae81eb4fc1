package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** How a kube-apiserver is made to read its settings anew, and why so. */
public record RestartChoice(
        @Required
        @JsonPropertyDescription(
                "InPlace (the container of the present pod is started again) or Recreate (the manifest changes, so kubelet makes another pod).")
        @JsonAlias("way")
        Strategy strategy,

        @Required @Size(max = 1024) @JsonPropertyDescription("Why, for people.")
        String reason) {

    /** The ways to restart a static pod's kube-apiserver. */
    public enum Strategy {
        /** The manifest stays; kubelet starts the container again at once. */
        @JsonProperty("InPlace")
        IN_PLACE,
        /** The manifest changes; kubelet replaces the pod, after its grace period and at its next requeue. */
        @JsonProperty("Recreate")
        RECREATE
    }
}
