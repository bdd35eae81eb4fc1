package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.yaml.UnsupportedManifestException;
import dev.auditpolicy.manifest.yaml.YamlDocument;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A kube-apiserver static pod manifest in a form that can be patched. */
public final class KubeApiServerManifest {
    private final YamlDocument document;
    private final YamlMap container;
    private final String argumentKey;
    private final List<String> argv;
    private final CommandLine commandLine;

    KubeApiServerManifest(
            YamlDocument document, YamlMap container, String argumentKey, List<String> argv, CommandLine commandLine) {
        this.document = document;
        this.container = container;
        this.argumentKey = argumentKey;
        this.argv = List.copyOf(argv);
        this.commandLine = commandLine;
    }

    /** The result of parsing a manifest. */
    public sealed interface Result {}

    /** The manifest can be patched. */
    public record Parsed(KubeApiServerManifest manifest) implements Result {}

    /** The manifest is not a Pod with one kube-apiserver, or its form cannot be patched. */
    public record UnsupportedManifest(List<ManifestProblem> problems) implements Result {
        public UnsupportedManifest {
            problems = List.copyOf(problems);
        }
    }

    /** A volume mount of the kube-apiserver container. */
    public record Mount(String name, String mountPath, boolean readOnly) {}

    /** Parses the text of a manifest file. */
    public static Result parse(String text) {
        try {
            return new Parsed(ManifestReader.read(text));
        } catch (UnsupportedManifestException e) {
            return new UnsupportedManifest(e.problems());
        }
    }

    /** The command and arguments of the kube-apiserver container. */
    public List<String> argv() {
        return argv;
    }

    /** kube-apiserver's flags by name without leading dashes; the last one wins if a flag is repeated. */
    public Map<String, String> flags() {
        var flags = new LinkedHashMap<String, String>();
        commandLine.flags().forEach(flag -> flags.put(flag.name(), flag.value()));
        return flags;
    }

    /** The mounts of the kube-apiserver container. */
    public List<Mount> mounts() {
        var mounts = new ArrayList<Mount>();
        for (var mount : container.maps("volumeMounts")) {
            mounts.add(new Mount(
                    mount.string("name").orElse(""),
                    mount.string("mountPath").orElse(""),
                    mount.string("readOnly").filter("true"::equals).isPresent()));
        }
        return mounts;
    }

    /** The host paths of the Pod's hostPath volumes by volume name. */
    public Map<String, String> hostPaths() {
        var paths = new LinkedHashMap<String, String>();
        for (var volume : spec().maps("volumes")) {
            volume.map("hostPath")
                    .flatMap(hostPath -> hostPath.string("path"))
                    .ifPresent(path -> paths.put(volume.string("name").orElse(""), path));
        }
        return paths;
    }

    /** The Pod's annotations. */
    public Map<String, String> annotations() {
        var annotations = new LinkedHashMap<String, String>();
        metadata().map("annotations").ifPresent(map -> map.node().getValue().forEach(tuple -> {
            if (tuple.getKeyNode() instanceof ScalarNode key && tuple.getValueNode() instanceof ScalarNode value) {
                annotations.put(key.getValue(), value.getValue());
            }
        }));
        return annotations;
    }

    /** The container's image. */
    public String image() {
        return container.string("image").orElse("");
    }

    /** The revision that the operator last wrote to this manifest. */
    public Optional<String> revision() {
        return Optional.ofNullable(annotations().get(OwnershipMarkers.REVISION));
    }

    /** Whether this manifest has our annotation. If so, volumes and mounts with our names are ours. */
    public boolean hasOwnershipMarker() {
        return annotations().containsKey(OwnershipMarkers.FLAGS);
    }

    /** The flags that the annotation lists, except names that the operator never sets. */
    public Set<String> ownedFlags() {
        var owned = new LinkedHashSet<>(AuditFlags.NAMES);
        owned.retainAll(new TreeSet<>(
                List.of(annotations().getOrDefault(OwnershipMarkers.FLAGS, "").split(",", -1))));
        return owned;
    }

    YamlText text() {
        return document.text();
    }

    YamlMap root() {
        return document.root();
    }

    YamlMap metadata() {
        return document.root().map("metadata").orElseThrow();
    }

    YamlMap spec() {
        return document.root().map("spec").orElseThrow();
    }

    YamlMap container() {
        return container;
    }

    CommandLine commandLine() {
        return commandLine;
    }

    /** The list to which new flags are appended: the one with the last argument. */
    SequenceNode argumentList() {
        return container.list(argumentKey).orElseThrow();
    }

    /** How much deeper list items are indented than their key: 0 as kubeadm writes, or more. */
    int listIndent() {
        var key = container.entry(argumentKey).orElseThrow().getKeyNode();
        var dash = text().before(argumentList().getValue().getFirst()).indexOf('-');
        return dash - key.getStartMark().getColumn();
    }
}
