package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.flags.OwnedFlags;
import dev.auditpolicy.manifest.yaml.UnsupportedManifestException;
import dev.auditpolicy.manifest.yaml.YamlDocument;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A kube-apiserver static pod manifest in a form that can be patched. */
public final class KubeApiServerManifest {
    private final YamlDocument document;
    private final YamlMap container;
    private final String argumentKey;
    private final List<String> argv;
    private final CommandLine commandLine;
    private final OwnedFlags book;

    KubeApiServerManifest(
            YamlDocument document,
            YamlMap container,
            String argumentKey,
            List<String> argv,
            CommandLine commandLine,
            OwnedFlags book) {
        this.document = document;
        this.container = container;
        this.argumentKey = argumentKey;
        this.argv = List.copyOf(argv);
        this.commandLine = commandLine;
        this.book = book;
    }

    /** The result of parsing a manifest. */
    public sealed interface Result {

        /** The manifest, for those who need not say why it is unsupported. */
        default Optional<KubeApiServerManifest> supported() {
            return this instanceof Parsed(KubeApiServerManifest manifest) ? Optional.of(manifest) : Optional.empty();
        }
    }

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
        return parse(text, OwnedFlags.NONE);
    }

    /** Parses the text of a manifest file in which flags of {@code book} are ours, whether an annotation lists them or not. */
    public static Result parse(String text, OwnedFlags book) {
        try {
            return new Parsed(ManifestReader.read(text, book));
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

    /** Where on the host the container's file at {@code path} is; empty if that is not known. */
    public Optional<String> hostPath(String path) {
        return ContainerMounts.of(this).serving(path).flatMap(mount -> mount.hostPath(path));
    }

    /**
     * Whether the container has the policy and the log of the node at the same paths: a mount of the file pins the policy that
     * kube-apiserver was started with, and a directory that can be written lets it rotate the log.
     */
    public boolean servesAsOurs(String policy, String log) {
        return ContainerMounts.of(this).serveAsOurs(policy, log);
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

    /** When our parts were last put back into this manifest right after kubeadm had written it. */
    public Optional<Instant> reappliedAt() {
        try {
            return Optional.ofNullable(annotations().get(OwnershipMarkers.REAPPLIED))
                    .map(Instant::parse);
        } catch (DateTimeParseException edited) {
            return Optional.empty();
        }
    }

    /** Whether kubeadm has written this manifest, as far as its own annotation tells. */
    public boolean isKubeadms() {
        return annotations().keySet().stream().anyMatch(key -> key.startsWith("kubeadm.kubernetes.io/"));
    }

    /** Whether parts of this manifest are ours. If so, volumes and mounts with our names are. */
    public boolean hasOwnershipMarker() {
        return annotations().containsKey(OwnershipMarkers.FLAGS) || isAnnotationLost();
    }

    /** Whether this manifest has our annotation, or a volume with a name that nobody else uses. */
    public boolean hasMark() {
        return annotations().containsKey(OwnershipMarkers.FLAGS)
                || spec().maps("volumes").stream().anyMatch(volume -> volume.string("name")
                        .filter(OwnershipMarkers.VOLUMES::contains)
                        .isPresent());
    }

    /**
     * A tool has removed our annotation, but nothing else of ours. Without our volumes, a flag with our value is
     * somebody else's: whoever writes the manifest anew may want the same today.
     */
    private boolean isAnnotationLost() {
        return !book.values().isEmpty() && hasMark();
    }

    /** The flags that the annotation lists, or that are known to be ours, except names that the operator never sets. */
    public Set<String> ownedFlags() {
        var listed =
                List.of(annotations().getOrDefault(OwnershipMarkers.FLAGS, "").split(",", -1));
        var known = isAnnotationLost() ? book : OwnedFlags.NONE;
        var owned = new LinkedHashSet<>(AuditFlags.NAMES);
        owned.removeIf(name -> !listed.contains(name)
                && commandLine.named(name).stream().noneMatch(flag -> known.contains(name, flag.value())));
        return owned;
    }

    YamlText text() {
        return document.text();
    }

    Set<Node> shared() {
        return document.shared();
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

    /** All lists with arguments. */
    List<SequenceNode> argumentLists() {
        return Stream.of("command", "args")
                .flatMap(key -> container.list(key).stream())
                .toList();
    }

    /** How much deeper list items are indented than their key: 0 as kubeadm writes, or more. */
    int listIndent() {
        if (YamlText.isFlow(argumentList())) {
            return 0;
        }
        var key = container.entry(argumentKey).orElseThrow().getKeyNode();
        var dash = text().before(argumentList().getValue().getFirst()).indexOf('-');
        return dash - key.getStartMark().getColumn();
    }
}
