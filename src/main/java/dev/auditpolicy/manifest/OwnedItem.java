package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.yaml.YamlTree;
import java.util.List;

/**
 * One of our volumes or mounts.
 *
 * @param part volume or mount
 * @param name the name that identifies it
 * @param path the path, for the description of a change
 * @param lines its YAML without the dash and the indentation of the list
 */
record OwnedItem(Part part, String name, String path, List<String> lines) {

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

    Object tree() {
        return YamlTree.of(lines);
    }

    String describe() {
        return name + " (" + path + ")";
    }
}
