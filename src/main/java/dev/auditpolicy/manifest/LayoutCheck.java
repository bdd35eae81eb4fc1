package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.yaml.UnsupportedManifestException;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlText;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Checks that the parts of a manifest that contain ours are in flow style, or in block style with one item or key per line. */
final class LayoutCheck {
    private static final Pattern DASH = Pattern.compile(" *- +");
    private static final Pattern INDENT = Pattern.compile(" *");
    static final String MESSAGE = "must be in block style with one item or key per line, as kubeadm writes it";

    private final YamlText text;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private LayoutCheck(YamlText text) {
        this.text = text;
    }

    static void check(KubeApiServerManifest manifest) throws UnsupportedManifestException {
        var check = new LayoutCheck(manifest.text());
        check.aliases(manifest);
        check.container(manifest);
        check.keys("metadata", manifest.metadata());
        check.keys("spec", manifest.spec());
        check.optional("metadata.annotations", manifest.metadata(), "annotations");
        check.optional("spec.volumes", manifest.spec(), "volumes");
        check.optional("spec.containers[kube-apiserver].volumeMounts", manifest.container(), "volumeMounts");
        if (!check.problems.isEmpty()) {
            throw new UnsupportedManifestException(check.problems);
        }
    }

    /** An edit of a part that stands in several places would change all of them. */
    private void aliases(KubeApiServerManifest manifest) {
        var edited = Stream.of(
                        Stream.of(manifest.root(), manifest.metadata(), manifest.spec(), manifest.container())
                                .map(YamlMap::node),
                        manifest.spec().list("containers").stream(),
                        values(manifest.metadata(), "annotations"),
                        values(manifest.spec(), "volumes"),
                        values(manifest.container(), "volumeMounts"),
                        values(manifest.container(), "command"),
                        values(manifest.container(), "args"))
                .flatMap(nodes -> nodes);
        if (edited.anyMatch(manifest.shared()::contains)) {
            problems.add(
                    new ManifestProblem("manifest", "a YAML alias", "cannot be patched: replace it with its value"));
        }
    }

    /** Whether an item of a list has lines of its own that can be removed and put back. No item in flow style has. */
    static boolean isOnOwnLines(KubeApiServerManifest manifest, Node item) {
        return new LayoutCheck(manifest.text()).isOnOwnLine(item)
                && !(item instanceof ScalarNode scalar && isMultiLine(scalar))
                && !YamlTree.contains(item, manifest.shared());
    }

    /** A list or map and its direct parts. */
    private static Stream<Node> values(YamlMap parent, String key) {
        return parent.entry(key).map(NodeTuple::getValueNode).stream()
                .flatMap(node -> Stream.concat(
                        Stream.of(node),
                        switch (node) {
                            case SequenceNode list -> list.getValue().stream();
                            case MappingNode map -> map.getValue().stream().map(NodeTuple::getValueNode);
                            default -> Stream.empty();
                        }));
    }

    private void container(KubeApiServerManifest manifest) {
        var field = "spec.containers[kube-apiserver]";
        items(field, manifest.argumentList());
        manifest.commandLine().flags().stream()
                .filter(flag -> manifest.ownedFlags().contains(flag.name()))
                .flatMap(flag -> flag.nodes().stream())
                .filter(argument -> isMultiLine(argument) || !isSeparate(argument, manifest))
                .forEach(argument -> reject(field, argument.getValue().strip()));
    }

    /** In a list in flow style, commas separate the items. */
    private boolean isSeparate(ScalarNode argument, KubeApiServerManifest manifest) {
        return manifest.argumentLists().stream()
                        .anyMatch(
                                list -> YamlText.isFlow(list) && list.getValue().contains(argument))
                || isOnOwnLine(argument);
    }

    private static boolean isMultiLine(ScalarNode argument) {
        return YamlText.isBlock(argument)
                || argument.getStartMark().getLine() != argument.getEndMark().getLine();
    }

    private void optional(String field, YamlMap parent, String key) {
        var value = parent.entry(key).map(NodeTuple::getValueNode);
        if (value.isEmpty()) {
            return;
        }
        switch (value.get()) {
            case SequenceNode list -> items(field, list);
            case MappingNode map -> keys(field, new YamlMap(map));
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> {}
            default -> reject(field, "");
        }
    }

    private void items(String field, SequenceNode list) {
        if (!YamlText.isFlow(list) && !list.getValue().stream().allMatch(this::isOnOwnLine)) {
            reject(field, "");
        }
    }

    private boolean isOnOwnLine(Node item) {
        return DASH.matcher(text.before(item)).matches();
    }

    private void keys(String field, YamlMap map) {
        if (!YamlText.isFlow(map.node())
                && map.node().getValue().stream().anyMatch(tuple -> !INDENT.matcher(text.before(tuple.getKeyNode()))
                        .matches())) {
            reject(field, "");
        }
    }

    private void reject(String field, String value) {
        problems.add(new ManifestProblem(field, value, MESSAGE));
    }
}
