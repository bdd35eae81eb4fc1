package dev.auditpolicy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.ObservedPolicy;
import dev.auditpolicy.observed.ObservedConfig;
import dev.auditpolicy.policy.KubernetesVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an AuditNode states about its kube-apiserver.
 *
 * @param version such as v1.36.3; null if it is not known
 * @param desiredPolicy the policy of the spec, which the status does not repeat; null without a spec
 */
record ObservedNode(
        String name,
        Observed observed,
        @Nullable String version,
        @Nullable String desiredPolicy) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Empty if its agent has not reported, or states something that this release cannot read. */
    static Optional<ObservedNode> of(JsonNode auditNode) {
        JsonNode status = auditNode.path("status");
        if (!status.path("observed").isObject()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ObservedNode(
                    auditNode.at("/metadata/name").asText(),
                    MAPPER.treeToValue(status.path("observed"), Observed.class),
                    new KubeAPIServer(status.at("/kubeAPIServer/version").textValue(), null, null).version(),
                    auditNode.at("/spec/policy").textValue()));
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    /** The policy that runs. */
    Optional<String> policyText() {
        ObservedPolicy policy = observed.policy();
        if (policy == null) {
            return Optional.empty();
        }
        // The agent omits the text only if it is that of the spec, or too long for a status.
        return Optional.ofNullable(policy.text()).or(() -> Optional.ofNullable(desiredPolicy)
                .filter(text -> AuditNodeReader.sha256(text).equals(policy.sha256())));
    }

    ObservedConfig config() {
        return ObservedConfig.of(
                observed,
                Optional.ofNullable(version).map(KubernetesVersion::parse).orElse(KubernetesVersion.NEWEST_KNOWN));
    }
}
