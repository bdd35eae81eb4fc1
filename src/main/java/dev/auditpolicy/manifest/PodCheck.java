package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.yaml.UnsupportedManifestException;
import dev.auditpolicy.manifest.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Checks a patched manifest as a Pod before anybody writes it: kubelet stops the running kube-apiserver for a manifest
 * that it finds invalid.
 */
final class PodCheck {
    private static final String WAY_OUT = "correct the manifest by hand";

    private static final Set<Tag> NO_STRINGS = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private final YamlMap spec;
    private final Set<String> volumes = new HashSet<>();
    private final List<ManifestProblem> problems = new ArrayList<>();

    private PodCheck(YamlMap spec) {
        this.spec = spec;
    }

    /** What is wrong with {@code after} as a Pod, or as {@code before} with only our parts brought to the target. */
    static List<ManifestProblem> check(String before, String after, DesiredManifestParts target) {
        try {
            var old = ManifestReader.read(before);
            var patched = ManifestReader.read(after);
            var check = new PodCheck(patched.spec());
            check.volumes();
            check.containers();
            check.marks(patched.metadata());
            check.problems.addAll(CollisionCheck.mounts(patched, target));
            check.foreignPartsAreEqual(old, patched);
            check.ourPartsAreAsWanted(patched, target);
            return List.copyOf(check.problems);
        } catch (UnsupportedManifestException e) {
            return e.problems();
        }
    }

    private void volumes() {
        for (var volume : named("spec.volumes", spec.maps("volumes"), volumes)) {
            volume.map("hostPath").ifPresent(hostPath -> path("spec.volumes", hostPath.string("path")));
        }
    }

    private void containers() {
        var names = new HashSet<String>();
        for (var list : List.of("initContainers", "containers")) {
            for (var container : named("spec." + list, spec.maps(list), names)) {
                strings("command of container", container.items("command"));
                strings("args of container", container.items("args"));
                mounts(container);
            }
        }
    }

    private void marks(YamlMap metadata) {
        var annotations = metadata.map("annotations");
        for (var key : List.of(OwnershipMarkers.FLAGS, OwnershipMarkers.REVISION)) {
            strings(
                    "metadata.annotations." + key,
                    annotations.flatMap(map -> map.get(key)).stream().toList());
        }
    }

    /** For a number or a boolean where a string belongs kubelet refuses the whole Pod. */
    private void strings(String field, List<Node> nodes) {
        for (var node : nodes) {
            if (NO_STRINGS.contains(node.getTag())) {
                var value = node instanceof ScalarNode scalar ? scalar.getValue() : "";
                problems.add(new ManifestProblem(field, value, "must be a string, in quotes; " + WAY_OUT));
            }
        }
    }

    private void mounts(YamlMap container) {
        var field = "volumeMounts of container " + container.string("name").orElse("");
        var paths = new HashSet<String>();
        for (var mount : container.maps("volumeMounts")) {
            var name = mount.string("name").orElse("");
            if (!volumes.contains(name)) {
                problems.add(new ManifestProblem(field, name, "names no volume; " + WAY_OUT));
            }
            path(field, mount.string("mountPath"));
            mount.string("mountPath")
                    .filter(path -> !paths.add(path))
                    .ifPresent(path ->
                            problems.add(new ManifestProblem(field, path, "two mounts have this path; " + WAY_OUT)));
        }
    }

    private List<YamlMap> named(String field, List<YamlMap> items, Set<String> names) {
        for (var item : items) {
            var name = item.string("name").orElse("");
            if (name.isEmpty() || !names.add(name)) {
                problems.add(new ManifestProblem(field, name, "must have a name of its own; " + WAY_OUT));
            }
        }
        return items;
    }

    private void path(String field, Optional<String> path) {
        var value = path.orElse("");
        if (!value.startsWith("/") || Stream.of(value.split("/", -1)).anyMatch(".."::equals)) {
            problems.add(new ManifestProblem(field, value, "must be an absolute path without '..'; " + WAY_OUT));
        }
    }

    private void foreignPartsAreEqual(KubeApiServerManifest before, KubeApiServerManifest after) {
        if (!ForeignParts.of(before).equals(ForeignParts.of(after))) {
            problems.add(new ManifestProblem("manifest", "", "patching would change what is not ours; " + WAY_OUT));
        }
    }

    private void ourPartsAreAsWanted(KubeApiServerManifest after, DesiredManifestParts target) {
        if (!OwnedParts.of(after).equals(OwnedParts.of(target))) {
            problems.add(new ManifestProblem("manifest", "", "patching would not give what is wanted; " + WAY_OUT));
        }
    }
}
