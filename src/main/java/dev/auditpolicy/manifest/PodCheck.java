package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.flags.OwnedFlags;
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
 * Checks a patched manifest as a Pod before it is written: kubelet stops the running kube-apiserver if the manifest is
 * invalid.
 */
final class PodCheck {
    private static final String REMEDY = "correct the manifest manually";

    private static final Set<Tag> NON_STRING_TAGS = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private final YamlMap spec;
    private final Set<String> volumes = new HashSet<>();
    private final List<ManifestProblem> problems = new ArrayList<>();

    private PodCheck(YamlMap spec) {
        this.spec = spec;
    }

    /** Finds problems of {@code after} as a Pod, and differences to {@code before} other than the desired parts. */
    static List<ManifestProblem> check(KubeApiServerManifest before, String after, DesiredManifestParts desired) {
        try {
            var patched = ManifestReader.read(after, OwnedFlags.NONE);
            var check = new PodCheck(patched.spec());
            check.volumes();
            check.containers();
            check.annotations(patched.metadata());
            check.problems.addAll(CollisionCheck.checkMounts(patched, desired));
            check.foreignPartsAreEqual(before, patched);
            check.ownedPartsAreAsDesired(patched, desired);
            return List.copyOf(check.problems);
        } catch (UnsupportedManifestException e) {
            return e.problems();
        }
    }

    /** Finds problems of {@code manifest} as a Pod. */
    static List<ManifestProblem> check(KubeApiServerManifest manifest) {
        var check = new PodCheck(manifest.spec());
        check.volumes();
        check.containers();
        return List.copyOf(check.problems);
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

    private void annotations(YamlMap metadata) {
        var annotations = metadata.map("annotations");
        for (var key : OwnershipMarkers.ANNOTATIONS) {
            strings(
                    "metadata.annotations." + key,
                    annotations.flatMap(map -> map.get(key)).stream().toList());
        }
    }

    /** kubelet rejects the whole Pod if a number or a boolean is in place of a string. */
    private void strings(String field, List<Node> nodes) {
        for (var node : nodes) {
            if (NON_STRING_TAGS.contains(node.getTag())) {
                var value = node instanceof ScalarNode scalar ? scalar.getValue() : "";
                problems.add(new ManifestProblem(field, value, "must be a string, in quotes; " + REMEDY));
            }
        }
    }

    private void mounts(YamlMap container) {
        var field = "volumeMounts of container " + container.string("name").orElse("");
        var paths = new HashSet<String>();
        for (var mount : container.maps("volumeMounts")) {
            var name = mount.string("name").orElse("");
            if (!volumes.contains(name)) {
                problems.add(new ManifestProblem(field, name, "refers to a volume that does not exist; " + REMEDY));
            }
            path(field, mount.string("mountPath"));
            mount.string("mountPath")
                    .filter(path -> !paths.add(path))
                    .ifPresent(path -> problems.add(
                            new ManifestProblem(field, path, "another mount has the same path; " + REMEDY)));
        }
    }

    private List<YamlMap> named(String field, List<YamlMap> items, Set<String> names) {
        for (var item : items) {
            var name = item.string("name").orElse("");
            if (name.isEmpty() || !names.add(name)) {
                problems.add(new ManifestProblem(field, name, "must have a unique name; " + REMEDY));
            }
        }
        return items;
    }

    private void path(String field, Optional<String> path) {
        var value = path.orElse("");
        if (!value.startsWith("/") || Stream.of(value.split("/", -1)).anyMatch(".."::equals)) {
            problems.add(new ManifestProblem(field, value, "must be an absolute path without '..'; " + REMEDY));
        }
    }

    private void foreignPartsAreEqual(KubeApiServerManifest before, KubeApiServerManifest after) {
        if (!ForeignParts.of(before).equals(ForeignParts.of(after))) {
            problems.add(new ManifestProblem(
                    "manifest", "", "the patch would change parts that the operator does not own; " + REMEDY));
        }
    }

    private void ownedPartsAreAsDesired(KubeApiServerManifest after, DesiredManifestParts desired) {
        if (!OwnedParts.of(after).equals(OwnedParts.of(desired))) {
            problems.add(
                    new ManifestProblem("manifest", "", "the patch would not produce the desired parts; " + REMEDY));
        }
    }
}
