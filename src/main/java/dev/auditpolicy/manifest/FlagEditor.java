package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.CommandLine.Flag;
import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Brings our flags in the argument list to what is wanted: changed where they stand, new ones behind the last. */
final class FlagEditor {
    private final KubeApiServerManifest manifest;
    private final TextEdits draft;

    FlagEditor(KubeApiServerManifest manifest, TextEdits draft) {
        this.manifest = manifest;
        this.draft = draft;
    }

    void edit(DesiredManifestParts target) {
        for (var name : manifest.ownedFlags()) {
            var present = manifest.commandLine().named(name);
            var wanted = target.flags().get(name);
            if (wanted == null) {
                present.forEach(this::remove);
            } else if (!present.isEmpty()) {
                change(present.getFirst(), wanted);
                present.stream().skip(1).forEach(this::remove);
            }
        }
        append(target);
    }

    private void remove(Flag flag) {
        draft.removeLines(flag.first(), flag.first());
        flag.second().ifPresent(value -> draft.removeLines(value, value));
        draft.note(Action.REMOVED, Part.FLAG, "--" + flag.name() + "=" + flag.value());
    }

    private void change(Flag flag, String wanted) {
        if (flag.value().equals(wanted) && !flag.isSingleDash()) {
            return;
        }
        if (flag.second().isPresent()) {
            draft.replace(flag.first(), styled(flag.first(), "--" + flag.name()));
            draft.replace(flag.second().get(), styledValue(flag.second().get(), wanted));
        } else {
            draft.replace(flag.first(), styled(flag.first(), "--" + flag.name() + "=" + wanted));
        }
        draft.note(Action.CHANGED, Part.FLAG, "--" + flag.name() + "=" + wanted + " (was " + flag.value() + ")");
    }

    private void append(DesiredManifestParts target) {
        var last = manifest.argumentList().getValue().getLast();
        var dash = manifest.text().before(last);
        var lines = new ArrayList<String>();
        target.flags().forEach((name, value) -> {
            if (!manifest.ownedFlags().contains(name)
                    || manifest.commandLine().named(name).isEmpty()) {
                lines.add(dash + "--" + name + "=" + value);
                draft.note(Action.ADDED, Part.FLAG, "--" + name + "=" + value);
            }
        });
        if (!lines.isEmpty()) {
            draft.insertLines(manifest.text().endOfLines(last), List.copyOf(lines));
        }
    }

    /** A value alone on its line may be a number to YAML, and kubelet refuses an argument that is not a string. */
    private static String styledValue(ScalarNode node, String text) {
        return node.getScalarStyle() == ScalarStyle.PLAIN ? '"' + text + '"' : styled(node, text);
    }

    /** Names and values are of letters, digits and ". _ / + -" ({@link DesiredAuditConfig}): nothing to escape. */
    private static String styled(ScalarNode node, String text) {
        return switch (node.getScalarStyle()) {
            case SINGLE_QUOTED -> "'" + text + "'";
            case DOUBLE_QUOTED -> '"' + text + '"';
            default -> text;
        };
    }
}
