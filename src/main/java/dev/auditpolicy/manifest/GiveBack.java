package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.CommandLine.Flag;
import dev.auditpolicy.manifest.ContainerMounts.ContainerMount;
import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.flags.OwnedFlags;
import dev.auditpolicy.manifest.yaml.LinePatch;
import dev.auditpolicy.manifest.yaml.UnsupportedManifestException;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlText;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Puts what was taken out of a manifest back into what has become of it since. What somebody has set again meanwhile stays
 * as it is now.
 */
final class GiveBack {

    private final KubeApiServerManifest original;
    private final KubeApiServerManifest present;
    private final TakenParts taken;
    private final Set<Integer> lines;
    private final List<Flag> flags;
    private final List<YamlMap> mounts;
    private final List<YamlMap> volumes;

    /**
     * @param text without any part of ours
     * @param stayingAway names of flags that somebody has removed since
     */
    GiveBack(String text, TakenParts taken, Set<String> stayingAway) throws UnsupportedManifestException {
        this.original = ManifestReader.read(taken.manifest(), OwnedFlags.NONE);
        this.present = ManifestReader.read(text, OwnedFlags.NONE);
        this.taken = taken;
        this.lines = Set.copyOf(taken.lines());
        this.flags = original.commandLine().flags().stream()
                .filter(flag -> flag.nodes().stream().allMatch(this::isTaken))
                .filter(flag -> present.commandLine().named(flag.name()).isEmpty())
                .filter(flag -> !stayingAway.contains(flag.name()))
                .toList();
        var needed = mountsOfFlags();
        this.mounts = missing(
                original.container(),
                present.container(),
                "volumeMounts",
                "mountPath",
                mount -> isTaken(mount.node()) || needed.contains(mount));
        this.volumes = missing(
                original.spec(),
                present.spec(),
                "volumes",
                "name",
                volume -> isTaken(volume.node())
                        || mounts.stream()
                                .anyMatch(mount -> mount.string("name").equals(volume.string("name"))));
    }

    /** A manifest that was written anew may also lack mounts that did not collide with ours, and were not taken. */
    private List<YamlMap> mountsOfFlags() {
        var mounts = ContainerMounts.of(original);
        return flags.stream()
                .map(flag -> flag.value())
                .filter(value -> value.startsWith("/"))
                .map(mounts::serving)
                .flatMap(Optional::stream)
                .map(ContainerMount::map)
                .toList();
    }

    private boolean isTaken(Node node) {
        return lines.containsAll(original.text().lineNumbers(node));
    }

    private static List<YamlMap> missing(
            YamlMap from, YamlMap into, String list, String key, Predicate<YamlMap> isWanted) {
        Predicate<YamlMap> isThere = item ->
                into.maps(list).stream().anyMatch(other -> other.string(key).equals(item.string(key)));
        return from.maps(list).stream()
                .filter(isWanted)
                .filter(isThere.negate())
                .toList();
    }

    boolean isEmpty() {
        return flags.isEmpty() && mounts.isEmpty() && volumes.isEmpty();
    }

    /** @throws UnsupportedManifestException if the present manifest would then not be a valid Pod */
    String text() throws UnsupportedManifestException {
        var returning = returningLines();
        var absent = new HashSet<>(lines);
        absent.addAll(returning);
        var inPlace = new LinePatch(taken.manifest(), absent)
                .putBack(returning, present.text().original());
        return checked(isRight(inPlace) ? inPlace : appended());
    }

    private static String checked(String text) throws UnsupportedManifestException {
        var problems = PodCheck.check(ManifestReader.read(text, OwnedFlags.NONE));
        if (!problems.isEmpty()) {
            throw new UnsupportedManifestException(problems);
        }
        return text;
    }

    private Set<Integer> returningLines() {
        var returning = new HashSet<Integer>();
        Stream.of(
                        flags.stream().flatMap(flag -> flag.nodes().stream()),
                        Stream.concat(mounts.stream(), volumes.stream()).map(YamlMap::node))
                .flatMap(nodes -> nodes)
                .forEach(node -> returning.addAll(original.text().lineNumbers(node)));
        for (var key : List.of("command", "args", "volumeMounts")) {
            returning.addAll(keyLines(original.container(), present.container(), key));
        }
        returning.addAll(keyLines(original.spec(), present.spec(), "volumes"));
        return returning;
    }

    private List<Integer> keyLines(YamlMap from, YamlMap into, String key) {
        return into.entry(key).isPresent()
                ? List.of()
                : from.entry(key)
                        .map(entry -> original.text().lineNumbers(entry.getKeyNode()))
                        .orElse(List.of());
    }

    private boolean isRight(String text) {
        try {
            var result = ManifestReader.read(text, OwnedFlags.NONE);
            return ManifestParts.of(result).isSumOf(ManifestParts.of(present), ManifestParts.of(flags, mounts, volumes))
                    && ManifestParts.rest(result).equals(ManifestParts.rest(present));
        } catch (UnsupportedManifestException broken) {
            return false;
        }
    }

    /** The lines around have changed too much to find the places again. */
    private String appended() throws UnsupportedManifestException {
        // A copy of an alias would not have its value.
        if (Stream.concat(mounts.stream(), volumes.stream())
                .anyMatch(item -> YamlTree.contains(item.node(), original.shared()))) {
            throw cannotPutBack();
        }
        var edits = new TextEdits(present.text());
        appendFlags(edits, flags.stream().flatMap(flag -> flag.nodes().stream()).toList());
        append(edits, Part.MOUNT, present.container(), "volumeMounts", mounts);
        append(edits, Part.VOLUME, present.spec(), "volumes", volumes);
        return edits.apply().filter(this::isRight).orElseThrow(GiveBack::cannotPutBack);
    }

    private static UnsupportedManifestException cannotPutBack() {
        return new UnsupportedManifestException(
                "manifest",
                "",
                "what a takeover has replaced cannot be put back into a manifest in this form: write its lists in block"
                        + " style with one item per line, as kubeadm does, and without YAML aliases");
    }

    private void appendFlags(TextEdits edits, List<ScalarNode> arguments) {
        var list = present.argumentList();
        if (YamlText.isFlow(list)) {
            FlowEditor.edit(
                    present.text(),
                    edits,
                    list,
                    Set.of(),
                    arguments.stream().map(node -> '"' + node.getValue() + '"').toList());
        } else {
            var last = list.getValue().getLast();
            var dash = present.text().before(last);
            edits.insertLines(
                    present.text().endOfLines(last),
                    arguments.stream()
                            .map(node -> dash + original.text().of(node))
                            .toList());
        }
    }

    private void append(TextEdits edits, Part part, YamlMap parent, String key, List<YamlMap> items) {
        if (!items.isEmpty()) {
            new ListEditor(present, edits, part, parent, key)
                    .append(items.stream()
                            .map(item -> new OwnedItem(
                                    part,
                                    item.string("name").orElse(""),
                                    item.string("mountPath").orElse(""),
                                    original.text().withoutIndentation(item.node())))
                            .toList());
        }
    }

    List<ManifestChange> changes() {
        var changes = new ArrayList<ManifestChange>();
        flags.forEach(flag ->
                changes.add(new ManifestChange(Action.ADDED, Part.FLAG, "--" + flag.name() + "=" + flag.value())));
        mounts.forEach(mount -> changes.add(new ManifestChange(
                Action.ADDED,
                Part.MOUNT,
                mount.string("name").orElse("") + " ("
                        + mount.string("mountPath").orElse("") + ")")));
        volumes.forEach(volume -> changes.add(new ManifestChange(
                Action.ADDED, Part.VOLUME, volume.string("name").orElse(""))));
        return changes;
    }
}
