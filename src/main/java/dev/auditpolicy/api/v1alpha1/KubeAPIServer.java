package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The running kube-apiserver of a node. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "startedAt")
public record KubeAPIServer(
        @JsonPropertyDescription("version is the version of kube-apiserver, such as v1.36.3.") @Nullable
        String version,

        @JsonPropertyDescription("address is the host and port that kube-apiserver serves on.") @Nullable
        String address,

        @JsonPropertyDescription("startedAt is the time at which the process started.") @DateTime @Nullable
        Instant startedAt) {

    public KubeAPIServer {
        startedAt = startedAt == null ? null : startedAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
