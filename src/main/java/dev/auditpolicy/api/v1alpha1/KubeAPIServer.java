package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The running kube-apiserver of a node. A version or address that the CRD rejects is dropped, as one that is not known. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "startedAt")
@JsonIgnoreProperties(ignoreUnknown = true)
public record KubeAPIServer(
        @Pattern(KubeAPIServer.VERSION)
        @Size(max = 128)
        @JsonPropertyDescription("version is the version of kube-apiserver, such as v1.36.3.")
        @Nullable
        String version,

        @Pattern(KubeAPIServer.ADDRESS)
        @Size(max = 262)
        @JsonPropertyDescription("address is the host and port that kube-apiserver serves on.")
        @Nullable
        String address,

        @JsonPropertyDescription("startedAt is the time at which the process started.") @DateTime @Nullable
        Instant startedAt) {

    static final String VERSION = "^v?[0-9]{1,4}\\.[0-9]{1,4}([.+-][ -~]*)?$";

    /** A name, an IPv4 address or an IPv6 address in brackets, and a port. */
    static final String ADDRESS =
            "^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:]+(:[0-9.]+)?\\]):[0-9]{1,5}$";

    public KubeAPIServer {
        version = version != null && version.length() <= 128 && version.matches(VERSION) ? version : null;
        address = address != null && address.length() <= 262 && address.matches(ADDRESS) ? address : null;
        startedAt = startedAt == null ? null : startedAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
