package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The live kube-apiserver of a node, as its agent sees it. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "startedAt")
public record KubeAPIServer(
        @JsonPropertyDescription("Its version, such as v1.36.3.")
        String version,

        @JsonPropertyDescription("Host and port that it serves on.")
        String address,

        @JsonPropertyDescription("When its process started.") @DateTime
        Instant startedAt) {

    public KubeAPIServer {
        startedAt = startedAt == null ? null : startedAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
