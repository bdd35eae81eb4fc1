package dev.auditpolicy.manifest;

import static java.util.Collections.newSetFromMap;

import dev.auditpolicy.manifest.CommandLine.Flag;
import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.yaml.YamlText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Edits our flags to the desired values: changes existing ones in place and appends new ones. */
final class FlagEditor {
    private final KubeApiServerManifest manifest;
    private final TextEdits edits;

    FlagEditor(KubeApiServerManifest manifest, TextEdits edits) {
        this.manifest = manifest;
        this.edits = edits;
    }

    void edit(DesiredManifestParts desired) {
        Set<Node> removed = newSetFromMap(new IdentityHashMap<>());
        for (var name : manifest.ownedFlags()) {
            var existing = manifest.commandLine().named(name);
            var value = desired.flags().get(name);
            if (value == null) {
                existing.forEach(flag -> remove(flag, removed));
            } else if (!existing.isEmpty()) {
                change(existing.getFirst(), value);
                existing.stream().skip(1).forEach(flag -> remove(flag, removed));
            }
        }
        var added = added(desired);
        for (var list : manifest.argumentLists()) {
            edit(list, removed, list.equals(manifest.argumentList()) ? added : List.of());
        }
    }

    private void edit(SequenceNode list, Set<Node> removed, List<String> added) {
        if (YamlText.isFlow(list)) {
            FlowEditor.edit(
                    manifest.text(),
                    edits,
                    list,
                    removed,
                    added.stream().map(argument -> '"' + argument + '"').toList());
            return;
        }
        list.getValue().stream().filter(removed::contains).forEach(argument -> edits.removeLines(argument, argument));
        if (!added.isEmpty()) {
            var last = list.getValue().getLast();
            var dash = manifest.text().before(last);
            edits.insertLines(
                    manifest.text().endOfLines(last),
                    added.stream().map(argument -> dash + argument).toList());
        }
    }

    private void remove(Flag flag, Set<Node> removed) {
        removed.add(flag.first());
        flag.second().ifPresent(removed::add);
        edits.addChange(Action.REMOVED, Part.FLAG, "--" + flag.name() + "=" + flag.value());
    }

    private void change(Flag flag, String value) {
        if (flag.value().equals(value) && !flag.isSingleDash()) {
            return;
        }
        if (flag.second().isPresent()) {
            edits.replace(flag.first(), styled(flag.first(), "--" + flag.name()));
            edits.replace(flag.second().get(), styledValue(flag.second().get(), value));
        } else {
            edits.replace(flag.first(), styled(flag.first(), "--" + flag.name() + "=" + value));
        }
        edits.addChange(Action.CHANGED, Part.FLAG, "--" + flag.name() + "=" + value + " (was " + flag.value() + ")");
    }

    private List<String> added(DesiredManifestParts desired) {
        var added = new ArrayList<String>();
        desired.flags().forEach((name, value) -> {
            if (!manifest.ownedFlags().contains(name)
                    || manifest.commandLine().named(name).isEmpty()) {
                added.add("--" + name + "=" + value);
                edits.addChange(Action.ADDED, Part.FLAG, "--" + name + "=" + value);
            }
        });
        return added;
    }

    /** YAML may read a value without its flag's name as a number, and kubelet rejects an argument that is not a string. */
    private static String styledValue(ScalarNode node, String text) {
        return node.getScalarStyle() == ScalarStyle.PLAIN ? '"' + text + '"' : styled(node, text);
    }

    /** Needs no escapes: {@link DesiredAuditConfig} limits names and values to letters, digits and ". _ / + -". */
    private static String styled(ScalarNode node, String text) {
        return switch (node.getScalarStyle()) {
            case SINGLE_QUOTED -> "'" + text + "'";
            case DOUBLE_QUOTED -> '"' + text + '"';
            default -> text;
        };
    }
}
