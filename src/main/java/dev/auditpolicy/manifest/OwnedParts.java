package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.List;
import java.util.Map;

/**
 * The whole of our parts, as they are in a manifest or as they are wanted, comparable.
 *
 * @param flags our flags by name
 * @param items the meaning of our volumes and mounts
 * @param annotations our marks
 */
record OwnedParts(Map<String, String> flags, List<List<Object>> items, Map<String, String> annotations) {

    static OwnedParts of(KubeApiServerManifest manifest) {
        var flags = manifest.flags();
        flags.keySet().retainAll(manifest.ownedFlags());
        var annotations = manifest.annotations();
        annotations.keySet().retainAll(List.of(OwnershipMarkers.FLAGS, OwnershipMarkers.REVISION));
        var volumes = manifest.spec().maps("volumes");
        var mounts = manifest.container().maps("volumeMounts");
        return new OwnedParts(flags, List.of(trees(volumes), trees(mounts)), annotations);
    }

    static OwnedParts of(DesiredManifestParts target) {
        var volumes = target.volumes().stream().map(OwnedItem::tree).toList();
        var mounts = target.mounts().stream().map(OwnedItem::tree).toList();
        return new OwnedParts(target.flags(), List.of(volumes, mounts), target.annotations());
    }

    private static List<Object> trees(List<YamlMap> items) {
        return items.stream()
                .filter(item -> item.string("name")
                        .filter(OwnershipMarkers.VOLUMES::contains)
                        .isPresent())
                .map(item -> YamlTree.of(item.node()))
                .toList();
    }
}
