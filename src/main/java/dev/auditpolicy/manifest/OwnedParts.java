package dev.auditpolicy.manifest;

import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.manifest.yaml.YamlMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All our parts, current or desired, in a comparable form.
 *
 * @param flags our flags by name
 * @param items the meaning of our volumes and mounts, in any order
 * @param annotations our annotations
 */
record OwnedParts(Map<String, String> flags, List<Set<Object>> items, Map<String, String> annotations) {

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
        var volumes = desired.volumes().stream().map(OwnedItem::meaning).collect(toSet());
        var mounts = desired.mounts().stream().map(OwnedItem::meaning).collect(toSet());
        return new OwnedParts(desired.flags(), List.of(volumes, mounts), desired.annotations());
    }

    private static Set<Object> trees(List<YamlMap> items) {
        return items.stream()
                .filter(item -> item.string("name")
                        .filter(OwnershipMarkers.VOLUMES::contains)
                        .isPresent())
                .map(item -> OwnedItem.meaning(item.node()))
                .collect(toSet());
    }
}
