package dev.auditpolicy.cli.apiserver;

import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Pod with a kube-apiserver.
 *
 * @param podName the name of the Pod, or of the object that has its template; empty if it has none
 * @param podSpec the {@code spec} of the Pod
 * @param container the container that runs it
 * @param arguments those after the program
 */
public record ApiServerPod(String podName, Tree podSpec, Tree container, List<Argument> arguments) {

    public ApiServerPod {
        arguments = List.copyOf(arguments);
    }

    /** A flag as kube-apiserver reads it. */
    public record Flag(String value, Position position) {}

    /** The flags by name without dashes; the last one wins if a flag is repeated. */
    public Map<String, Flag> flags() {
        Map<String, Flag> flags = new LinkedHashMap<>();
        parsed().all()
                .forEach(flag -> flags.put(
                        flag.name(),
                        new Flag(flag.value(), arguments.get(flag.index()).position())));
        return flags;
    }

    /** The node that kubelet has entered in the Pod. */
    public Optional<String> node() {
        return Trees.text(podSpec, "nodeName");
    }

    /** Whether both are of one image and audit alike: with the same flags, and the same files of the host. */
    public boolean auditsLike(ApiServerPod other) {
        Map<String, String> audit = parsed().audit();
        return image().equals(other.image())
                && audit.equals(other.parsed().audit())
                && audit.values().stream()
                        .filter(value -> value.startsWith("/"))
                        .allMatch(path -> onHost(path).equals(other.onHost(path)));
    }

    private Flags parsed() {
        return Flags.of(arguments.stream().map(Argument::text).toList());
    }

    /** The image; empty if there is none. */
    public String image() {
        return Trees.text(container, "image").orElse("");
    }

    /** The version that the tag of the image names; empty for a digest, {@code latest} and the like. */
    public Optional<KubernetesVersion> version() {
        String withoutDigest = image().replaceFirst("@.*", "");
        String tag = withoutDigest.substring(withoutDigest.lastIndexOf('/') + 1).replaceFirst("^[^:]*:?", "");
        try {
            return Optional.of(KubernetesVersion.parse(tag));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** Where a file of the container is on the host. */
    public HostFile onHost(String path) {
        return HostFile.of(this, path);
    }
}
