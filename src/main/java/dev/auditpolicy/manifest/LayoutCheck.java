package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.yaml.UnsupportedManifestException;
import dev.auditpolicy.manifest.yaml.YamlMap;
import dev.auditpolicy.manifest.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Checks that the parts of a manifest that contain ours are in block style, one item per line, as kubeadm writes them. */
final class LayoutCheck {
    private static final Pattern DASH = Pattern.compile(" *- +");
    private static final Pattern INDENT = Pattern.compile(" *");
    private static final String MESSAGE = "must be in block style with one item or key per line, as kubeadm writes it";

    private final YamlText text;
    private final List<ManifestProblem> problems = new ArrayList<>();

    private LayoutCheck(YamlText text) {
        this.text = text;
    }

    static void check(KubeApiServerManifest manifest) throws UnsupportedManifestException {
        var check = new LayoutCheck(manifest.text());
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

    private void container(KubeApiServerManifest manifest) {
        var field = "spec.containers[kube-apiserver]";
        if (YamlText.isFlow(manifest.container().node())) {
            reject(field, "");
            return;
        }
        items(field, manifest.argumentList());
        manifest.commandLine().flags().stream()
                .filter(flag -> manifest.ownedFlags().contains(flag.name()))
                .flatMap(flag -> Stream.concat(Stream.of(flag.first()), flag.second().stream()))
                .filter(argument -> !isOnOwnLine(argument))
                .forEach(argument -> reject(field, argument.getValue()));
        Stream.of("command", "args")
                .flatMap(key -> manifest.container().items(key).stream())
                .map(ScalarNode.class::cast)
                .filter(this::isFoldedOrLong)
                .forEach(argument -> reject(field, argument.getValue().strip()));
    }

    private boolean isFoldedOrLong(ScalarNode argument) {
        return YamlText.isBlock(argument)
                || argument.getStartMark().getLine() != argument.getEndMark().getLine();
    }

    private void optional(String field, YamlMap parent, String key) {
        var entry = parent.entry(key);
        if (entry.isEmpty()) {
            return;
        }
        switch (entry.get().getValueNode()) {
            case SequenceNode list when !list.getValue().isEmpty() -> items(field, list);
            case MappingNode map when !map.getValue().isEmpty() -> keys(field, new YamlMap(map));
            default -> problems.add(new ManifestProblem(field, "", "is empty: remove the key"));
        }
    }

    private void items(String field, SequenceNode list) {
        if (isFlowOrEmpty(list) || !list.getValue().stream().allMatch(this::isOnOwnLine)) {
            reject(field, "");
        }
    }

    private boolean isOnOwnLine(Node item) {
        return DASH.matcher(text.before(item)).matches();
    }

    private void keys(String field, YamlMap map) {
        if (isFlowOrEmpty(map.node())
                || map.node().getValue().stream().anyMatch(tuple -> !INDENT.matcher(text.before(tuple.getKeyNode()))
                        .matches())) {
            reject(field, "");
        }
    }

    private static boolean isFlowOrEmpty(CollectionNode<?> node) {
        return YamlText.isFlow(node) || node.getValue().isEmpty();
    }

    private void reject(String field, String value) {
        problems.add(new ManifestProblem(field, value, MESSAGE));
    }
}
