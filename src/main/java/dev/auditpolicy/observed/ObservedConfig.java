package dev.auditpolicy.observed;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.ObservedPolicy;
import dev.auditpolicy.manifest.flags.EffectiveFlags;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.policy.KubernetesVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * The meaning of what a node was observed to run: configurations that differ only in how they are written are equal.
 *
 * @param flags effective; the path of the log is the one on the node
 * @param policy the hash of its meaning, else of its content, else of its path; empty without a policy
 */
public record ObservedConfig(EffectiveFlags flags, Optional<String> policy) {

    private static final String LOG_PATH = "audit-log-path";

    /** Empty if the agent of the node has not reported yet. */
    public static Optional<ObservedConfig> of(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .flatMap(status -> Optional.ofNullable(status.observed()).map(seen -> of(seen, version(status))));
    }

    public static ObservedConfig of(Observed seen, KubernetesVersion version) {
        var flags = new HashMap<>(Flags.of(seen.flags()).audit());
        Optional.ofNullable(seen.logPath()).ifPresent(path -> flags.put(LOG_PATH, path));
        return new ObservedConfig(
                EffectiveFlags.of(flags, version.isAtLeast(1, 36)),
                Optional.ofNullable(seen.policy()).map(ObservedConfig::identity));
    }

    private static String identity(ObservedPolicy policy) {
        return Optional.ofNullable(policy.meaning())
                .or(() -> Optional.ofNullable(policy.sha256()))
                .orElse(policy.path());
    }

    /** Empty if the version is not known. */
    public static Optional<KubernetesVersion> version(KubeAPIServer server) {
        // The type drops what is no version.
        return Optional.ofNullable(server.version()).map(KubernetesVersion::parse);
    }

    private static KubernetesVersion version(AuditNodeStatus status) {
        return Optional.ofNullable(status.kubeAPIServer())
                .flatMap(ObservedConfig::version)
                .orElse(KubernetesVersion.NEWEST_KNOWN);
    }

    /**
     * How this configuration differs.
     *
     * @param other that of another node
     * @param there how a message refers to the other node, such as "on cp2"
     */
    public List<String> differences(ObservedConfig other, String there) {
        var differences = new ArrayList<String>();
        if (!policy.equals(other.policy)) {
            differences.add(
                    policy.isEmpty()
                            ? "no policy here, one " + there
                            : other.policy.isEmpty() ? "a policy here, none " + there : "another policy than " + there);
        }
        flags.differing(other.flags)
                .forEach(name -> differences.add(
                        "--" + name + ": " + value(flags, name) + " here, " + value(other.flags, name) + " " + there));
        return differences;
    }

    private static String value(EffectiveFlags flags, String name) {
        return Optional.ofNullable(flags.values().get(name)).orElse("none");
    }
}
