package dev.auditpolicy.manifest;

import static java.util.Collections.newSetFromMap;

import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** The meaning of a manifest without our parts, computed from its tree and independent of how patches are made. */
final class ForeignParts {
    private final KubeApiServerManifest manifest;
    private final Set<Node> ours = newSetFromMap(new IdentityHashMap<>());

    private ForeignParts(KubeApiServerManifest manifest) {
        this.manifest = manifest;
    }

    static Object of(KubeApiServerManifest manifest) {
        var parts = new ForeignParts(manifest);
        if (manifest.hasOwnershipMarker()) {
            parts.flags();
            parts.items(manifest.container(), "volumeMounts");
            parts.items(manifest.spec(), "volumes");
            parts.annotations();
        }
        parts.emptyKeys();
        return YamlTree.of(manifest.root().node(), parts.ours);
    }

    private void flags() {
        var owned = manifest.ownedFlags();
        for (var flag : manifest.commandLine().flags()) {
            if (owned.contains(flag.name())) {
                ours.add(flag.first());
                flag.second().ifPresent(ours::add);
            }
        }
    }

    private void items(YamlMap parent, String key) {
        for (var item : parent.maps(key)) {
            item.string("name").filter(OwnershipMarkers.VOLUMES::contains).ifPresent(name -> ours.add(item.node()));
        }
        addKeyIfOnlyOurs(parent, key, parent.items(key));
    }

    private void annotations() {
        var annotations = manifest.metadata().map("annotations");
        if (annotations.isEmpty()) {
            return;
        }
        for (var key : OwnershipMarkers.ANNOTATIONS) {
            annotations.get().entry(key).ifPresent(entry -> ours.add(entry.getKeyNode()));
        }
        var keys = annotations.get().node().getValue().stream().map(entry -> entry.getKeyNode());
        addKeyIfOnlyOurs(manifest.metadata(), "annotations", keys.toList());
    }

    /** An empty list or map is equivalent to an absent key. */
    private void emptyKeys() {
        addKeyIfOnlyOurs(
                manifest.container(), "volumeMounts", manifest.container().items("volumeMounts"));
        addKeyIfOnlyOurs(manifest.spec(), "volumes", manifest.spec().items("volumes"));
        if (manifest.metadata().map("annotations").isEmpty()
                || manifest.metadata()
                        .map("annotations")
                        .orElseThrow()
                        .node()
                        .getValue()
                        .isEmpty()) {
            addKeyIfOnlyOurs(manifest.metadata(), "annotations", List.of());
        }
    }

    /** A key with only our parts below it is equivalent to an absent key. */
    private void addKeyIfOnlyOurs(YamlMap parent, String key, List<? extends Node> children) {
        if (ours.containsAll(children)) {
            parent.entry(key).ifPresent(entry -> ours.add(entry.getKeyNode()));
        }
    }
}
