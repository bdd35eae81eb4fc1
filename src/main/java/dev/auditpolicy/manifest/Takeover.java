package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.flags.OwnedFlags;
import dev.auditpolicy.manifest.yaml.UnsupportedManifestException;
import dev.auditpolicy.manifest.yaml.YamlMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;

/** Takes the audit configuration of somebody else out of a manifest. */
final class Takeover {

    private final KubeApiServerManifest manifest;
    private final ForeignAuditParts foreign;
    private final TextEdits edits;

    Takeover(KubeApiServerManifest manifest, ForeignAuditParts foreign) {
        this.manifest = manifest;
        this.foreign = foreign;
        this.edits = new TextEdits(manifest.text());
    }

    /**
     * The manifest without these parts.
     *
     * @throws UnsupportedManifestException if anything else would change
     */
    Plan.Patched plan(String text) throws UnsupportedManifestException {
        var flags =
                foreign.flags().stream().flatMap(flag -> flag.nodes().stream()).collect(Collectors.toSet());
        Stream.of("command", "args").forEach(key -> remove(manifest.container(), key, flags));
        remove(
                manifest.container(),
                "volumeMounts",
                foreign.mounts().stream().map(mount -> mount.map().node()).collect(Collectors.toSet()));
        remove(
                manifest.spec(),
                "volumes",
                foreign.volumes().stream().map(YamlMap::node).collect(Collectors.toSet()));
        describe();
        var without = edits.apply().orElseThrow(Takeover::changesOthers);
        check(without);
        return new Plan.Patched(without, edits.changes(), new TakenParts(text, edits.removedLines()));
    }

    private void remove(YamlMap parent, String key, Set<? extends Node> items) {
        var all = parent.items(key);
        all.stream().filter(items::contains).forEach(item -> edits.removeLines(item, item));
        if (!all.isEmpty() && items.containsAll(all)) {
            var node = parent.entry(key).orElseThrow().getKeyNode();
            edits.removeLines(node, node);
        }
    }

    private void describe() {
        foreign.flags()
                .forEach(flag -> edits.addChange(Action.REMOVED, Part.FLAG, "--" + flag.name() + "=" + flag.value()));
        foreign.mounts()
                .forEach(mount ->
                        edits.addChange(Action.REMOVED, Part.MOUNT, mount.name() + " (" + mount.mountPath() + ")"));
        foreign.volumes()
                .forEach(volume -> edits.addChange(
                        Action.REMOVED, Part.VOLUME, volume.string("name").orElse("")));
    }

    private void check(String without) throws UnsupportedManifestException {
        var less = ManifestReader.read(without, OwnedFlags.NONE);
        var taken = ManifestParts.of(
                foreign.flags(),
                foreign.mounts().stream()
                        .map(ContainerMounts.ContainerMount::map)
                        .toList(),
                foreign.volumes());
        if (!ManifestParts.of(manifest).isSumOf(ManifestParts.of(less), taken)
                || !ManifestParts.rest(manifest).equals(ManifestParts.rest(less))) {
            throw changesOthers();
        }
    }

    private static UnsupportedManifestException changesOthers() {
        return new UnsupportedManifestException(List.of(new ManifestProblem(
                "manifest",
                "",
                "removing the foreign audit configuration would change other parts: remove it manually")));
    }
}
