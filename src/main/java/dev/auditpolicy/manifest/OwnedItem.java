package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One of our volumes or mounts.
 *
 * @param part volume or mount
 * @param name the name that identifies it
 * @param path the path, for the description of a change
 * @param lines its YAML without the dash and the indentation of the list
 */
record OwnedItem(Part part, String name, String path, List<String> lines) {

    private static final Object READ_ONLY = new YamlTree.Scalar(Tag.STR.getValue(), "readOnly");
    private static final Object FALSE = new YamlTree.Scalar(Tag.BOOL.getValue(), "false");

    /** The same in flow style and in the syntax of JSON. */
    String flow() {
        return YamlTree.flow(lines);
    }

    static OwnedItem volume(String name, String path, String hostPathType) {
        return new OwnedItem(
                Part.VOLUME,
                name,
                path,
                List.of("hostPath:", "  path: " + path, "  type: " + hostPathType, "name: " + name));
    }

    static OwnedItem mount(String name, String path, boolean readOnly) {
        return new OwnedItem(
                Part.MOUNT, name, path, List.of("mountPath: " + path, "name: " + name, "readOnly: " + readOnly));
    }

    /** What it means to kubelet. */
    Object meaning() {
        return meaning(YamlTree.of(lines));
    }

    /** What an item of a manifest means to kubelet. */
    static Object meaning(Node item) {
        return meaning(YamlTree.of(item));
    }

    /** kubeadm omits {@code readOnly: false} where it applies patches, as everything does that writes a Pod from its Go type. */
    private static Object meaning(Object tree) {
        if (!(tree instanceof Map<?, ?> map) || !FALSE.equals(map.get(READ_ONLY))) {
            return tree;
        }
        var meaning = new HashMap<Object, Object>(map);
        meaning.remove(READ_ONLY);
        return meaning;
    }

    String describe() {
        return name + " (" + path + ")";
    }
}
