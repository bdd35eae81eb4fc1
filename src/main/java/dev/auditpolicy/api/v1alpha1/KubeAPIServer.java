package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The live kube-apiserver of a node, as its agent sees it. */
public record KubeAPIServer(
        @JsonPropertyDescription("Its version, such as v1.36.3.")
        String version,

        @JsonPropertyDescription("Host and port that it serves on.")
        String address,

        @JsonPropertyDescription("When its process started, RFC 3339.")
        String startedAt) {}
