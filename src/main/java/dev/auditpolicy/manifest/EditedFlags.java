package dev.auditpolicy.manifest;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.auditpolicy.manifest.CommandLine.Flag;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.flags.OwnedFlags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The flags that somebody else has changed after this operator set them. Giving back leaves them alone: that is the newest
 * decision, and whoever made it saw ours.
 *
 * @param changed the value that each has now, by name without leading dashes
 * @param removed the names of those that are gone
 */
record EditedFlags(Map<String, String> changed, Set<String> removed) {

    EditedFlags {
        changed = Map.copyOf(changed);
        removed = Set.copyOf(removed);
    }

    /** Of a flag that the annotation lists and the book does not know, nobody can tell. */
    static EditedFlags of(KubeApiServerManifest manifest, OwnedFlags book) {
        var listed = List.of(
                manifest.annotations().getOrDefault(OwnershipMarkers.FLAGS, "").split(",", -1));
        var known = book.values().keySet().stream().filter(listed::contains).toList();
        var changed = known.stream()
                .flatMap(name -> foreignValue(manifest, book, name))
                .collect(toUnmodifiableMap(Flag::name, Flag::value, (_, last) -> last));
        var removed = known.stream()
                .filter(name -> manifest.commandLine().named(name).isEmpty())
                .collect(toUnmodifiableSet());
        return new EditedFlags(changed, removed);
    }

    private static Stream<Flag> foreignValue(KubeApiServerManifest manifest, OwnedFlags book, String name) {
        return manifest.commandLine().named(name).stream().filter(flag -> !book.contains(name, flag.value()));
    }

    boolean isEmpty() {
        return changed.isEmpty() && removed.isEmpty();
    }

    /** Each of them with its value now; a removed one has none. */
    Map<String, Optional<String>> all() {
        var all = new TreeMap<String, Optional<String>>();
        changed.forEach((name, value) -> all.put(name, Optional.of(value)));
        removed.forEach(name -> all.put(name, Optional.empty()));
        return all;
    }

    /** Those that stay and name a path that only a mount of ours has served. */
    List<ManifestProblem> unserved(KubeApiServerManifest manifest, String after) {
        return switch (KubeApiServerManifest.parse(after)) {
            case KubeApiServerManifest.UnsupportedManifest(List<ManifestProblem> problems) -> problems;
            case KubeApiServerManifest.Parsed(KubeApiServerManifest patched) ->
                changed.entrySet().stream()
                        .filter(flag -> flag.getValue().startsWith("/"))
                        .filter(flag -> manifest.hostPath(flag.getValue()).isPresent()
                                && patched.hostPath(flag.getValue()).isEmpty())
                        .map(
                                flag -> new ManifestProblem(
                                        "--" + flag.getKey(),
                                        flag.getValue(),
                                        "was changed on this node, and only a mount of this operator serves its path: set it back to"
                                                + " the AuditPolicy's value or remove it, or run auditpolicy restore on the node"))
                        .toList();
        };
    }

    /** The text in which the annotation does not claim them. */
    String disowned(KubeApiServerManifest manifest) {
        var edits = new TextEdits(manifest.text());
        var listed = manifest.annotations().get(OwnershipMarkers.FLAGS);
        new AnnotationEditor(manifest, edits)
                .edit(OwnershipMarkers.ANNOTATIONS.stream()
                        .filter(manifest.annotations()::containsKey)
                        .collect(toUnmodifiableMap(
                                Function.identity(),
                                key -> key.equals(OwnershipMarkers.FLAGS)
                                        ? without(String.valueOf(listed))
                                        : String.valueOf(manifest.annotations().get(key)))));
        return edits.apply().orElse("");
    }

    private String without(String listed) {
        return String.join(
                ",",
                Stream.of(listed.split(",", -1))
                        .filter(name -> !changed.containsKey(name))
                        .toList());
    }
}
