package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.CommandLine.Flag;
import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Edits our flags to the desired values: changes existing ones in place and appends new ones. */
final class FlagEditor {
    private final KubeApiServerManifest manifest;
    private final TextEdits edits;

    FlagEditor(KubeApiServerManifest manifest, TextEdits edits) {
        this.manifest = manifest;
        this.edits = edits;
    }

    void edit(DesiredManifestParts desired) {
        for (var name : manifest.ownedFlags()) {
            var existing = manifest.commandLine().named(name);
            var value = desired.flags().get(name);
            if (value == null) {
                existing.forEach(this::remove);
            } else if (!existing.isEmpty()) {
                change(existing.getFirst(), value);
                existing.stream().skip(1).forEach(this::remove);
            }
        }
        append(desired);
    }

    private void remove(Flag flag) {
        edits.removeLines(flag.first(), flag.first());
        flag.second().ifPresent(argument -> edits.removeLines(argument, argument));
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

    private void append(DesiredManifestParts desired) {
        var last = manifest.argumentList().getValue().getLast();
        var dash = manifest.text().before(last);
        var lines = new ArrayList<String>();
        desired.flags().forEach((name, value) -> {
            if (!manifest.ownedFlags().contains(name)
                    || manifest.commandLine().named(name).isEmpty()) {
                lines.add(dash + "--" + name + "=" + value);
                edits.addChange(Action.ADDED, Part.FLAG, "--" + name + "=" + value);
            }
        });
        if (!lines.isEmpty()) {
            edits.insertLines(manifest.text().endOfLines(last), List.copyOf(lines));
        }
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
