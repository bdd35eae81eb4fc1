package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.List;
import java.util.Map;

/**
 * All our parts, current or desired, in a comparable form.
 *
 * @param flags our flags by name
 * @param items the meaning of our volumes and mounts
 * @param annotations our annotations
 */
record OwnedParts(Map<String, String> flags, List<List<Object>> items, Map<String, String> annotations) {

    static OwnedParts of(KubeApiServerManifest manifest) {
        var flags = manifest.flags();
        flags.keySet().retainAll(manifest.ownedFlags());
        var annotations = manifest.annotations();
        annotations.keySet().retainAll(OwnershipMarkers.ANNOTATIONS);
        var volumes = manifest.spec().maps("volumes");
        var mounts = manifest.container().maps("volumeMounts");
        return new OwnedParts(flags, List.of(trees(volumes), trees(mounts)), annotations);
    }

    static OwnedParts of(DesiredManifestParts desired) {
        var volumes = desired.volumes().stream().map(OwnedItem::tree).toList();
        var mounts = desired.mounts().stream().map(OwnedItem::tree).toList();
        return new OwnedParts(desired.flags(), List.of(volumes, mounts), desired.annotations());
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
