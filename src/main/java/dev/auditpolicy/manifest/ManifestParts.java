package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.CommandLine.Flag;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The meaning of the lists of a manifest from which parts are taken and to which they are given back, computed from its tree
 * and independent of how its text is edited.
 */
record ManifestParts(List<Object> arguments, List<Object> mounts, List<Object> volumes, List<Object> flags) {

    static ManifestParts of(KubeApiServerManifest manifest) {
        var container = manifest.container();
        return new ManifestParts(
                trees(Stream.concat(container.items("command").stream(), container.items("args").stream())
                        .toList()),
                trees(container.items("volumeMounts")),
                trees(manifest.spec().items("volumes")),
                meanings(manifest.commandLine().flags()));
    }

    static ManifestParts of(Collection<Flag> flags, Collection<YamlMap> mounts, Collection<YamlMap> volumes) {
        return new ManifestParts(
                trees(flags.stream().flatMap(flag -> flag.nodes().stream()).toList()),
                trees(mounts.stream().map(YamlMap::node).toList()),
                trees(volumes.stream().map(YamlMap::node).toList()),
                meanings(flags));
    }

    /** The meaning of everything else in a manifest. */
    static Object rest(KubeApiServerManifest manifest) {
        Set<Node> skipped = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var key : List.of("command", "args", "volumeMounts")) {
            manifest.container().entry(key).ifPresent(entry -> skipped.add(entry.getKeyNode()));
        }
        manifest.spec().entry("volumes").ifPresent(entry -> skipped.add(entry.getKeyNode()));
        return YamlTree.of(manifest.root().node(), skipped);
    }

    /** Whether these are the parts of both, each in its order. */
    boolean isSumOf(ManifestParts first, ManifestParts second) {
        return isSum(arguments, first.arguments, second.arguments)
                && isSum(mounts, first.mounts, second.mounts)
                && isSum(volumes, first.volumes, second.volumes)
                && isSum(flags, first.flags, second.flags);
    }

    private static boolean isSum(List<Object> all, List<Object> first, List<Object> second) {
        return all.size() == first.size() + second.size() && contains(all, first) && contains(all, second);
    }

    private static boolean contains(List<Object> all, List<Object> some) {
        var found = 0;
        for (var item : all) {
            if (found < some.size() && item.equals(some.get(found))) {
                found++;
            }
        }
        return found == some.size();
    }

    private static List<Object> trees(List<? extends Node> nodes) {
        return nodes.stream().map(YamlTree::of).toList();
    }

    private static List<Object> meanings(Collection<Flag> flags) {
        return flags.stream()
                .<Object>map(flag -> Map.entry(flag.name(), flag.value()))
                .toList();
    }
}
