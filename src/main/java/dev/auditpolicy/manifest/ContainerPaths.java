package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ContainerMounts.ContainerMount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The paths that the kube-apiserver container names in anything but its mounts and audit flags. */
final class ContainerPaths {

    private static final Pattern PATH = Pattern.compile("/[^\\s,;:=|'\"]+");

    private final ContainerMounts mounts;
    private final List<String> values = new ArrayList<>();

    ContainerPaths(KubeApiServerManifest manifest) {
        mounts = ContainerMounts.of(manifest);
        Set<Node> skipped = Collections.newSetFromMap(new IdentityHashMap<>());
        manifest.commandLine().flags().stream()
                .filter(flag -> flag.name().startsWith("audit-"))
                .forEach(flag -> skipped.addAll(flag.nodes()));
        manifest.container().entry("volumeMounts").ifPresent(entry -> skipped.add(entry.getValueNode()));
        collect(manifest.container().node(), skipped);
    }

    private void collect(Node node, Set<Node> skipped) {
        if (skipped.contains(node)) {
            return;
        }
        switch (node) {
            case ScalarNode scalar -> values.add(scalar.getValue());
            case SequenceNode list -> list.getValue().forEach(item -> collect(item, skipped));
            case MappingNode map -> map.getValue().forEach(tuple -> collect(tuple.getValueNode(), skipped));
            default -> throw new IllegalStateException("unexpected node: " + node.getNodeId());
        }
    }

    /** A value with a path that {@code mount} serves. */
    Optional<String> of(ContainerMount mount) {
        return values.stream().filter(value -> isServed(value, mount)).findFirst();
    }

    private boolean isServed(String value, ContainerMount mount) {
        var paths = PATH.matcher(value);
        while (paths.find()) {
            if (mounts.serving(paths.group()).filter(mount::equals).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
