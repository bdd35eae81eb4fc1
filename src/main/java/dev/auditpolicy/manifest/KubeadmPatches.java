package dev.auditpolicy.manifest;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Patches with which kubeadm writes our parts into a new manifest itself.
 *
 * <p>Two, because no type of patch does both. A strategic merge patch replaces the whole command; a JSON patch cannot see that
 * kubeadm-config has already mounted something at a path of ours, and kubelet rejects a Pod with two mounts at one path.
 */
public final class KubeadmPatches {

    /** kubeadm reads the target, a free suffix and the type of the patch from the name. */
    private static final String NAME = "kube-apiserver-auditpolicy";

    private KubeadmPatches() {}

    /** The content of each file, by its name. */
    public static Map<String, String> of(DesiredAuditConfig desired) {
        var parts = DesiredManifestParts.of(desired);
        return Map.of(
                NAME + "+json.json", appendedFlags(parts),
                NAME + "+strategic.json", mergedParts(parts));
    }

    /** Appends, since of a flag that kubeadm-config sets as well, the last one counts. Fails if a container comes before. */
    private static String appendedFlags(DesiredManifestParts parts) {
        var test = "{\"op\": \"test\", \"path\": \"/spec/containers/0/name\", \"value\": \"kube-apiserver\"}";
        var additions = parts.flags().entrySet().stream()
                .map(flag -> "{\"op\": \"add\", \"path\": \"/spec/containers/0/command/-\", \"value\": \"--"
                        + flag.getKey() + "=" + flag.getValue() + "\"}");
        return Stream.concat(Stream.of(test), additions).collect(joining(",\n  ", "[\n  ", "\n]\n"));
    }

    /** The values need no escapes, see {@link DesiredAuditConfig}. */
    private static String mergedParts(DesiredManifestParts parts) {
        var annotations = parts.annotations().entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
                .collect(joining(",\n      "));
        return """
                {
                  "metadata": {
                    "annotations": {
                      %s
                    }
                  },
                  "spec": {
                    "containers": [
                      {
                        "name": "kube-apiserver",
                        "volumeMounts": [
                          %s
                        ]
                      }
                    ],
                    "volumes": [
                      %s
                    ]
                  }
                }
                """.formatted(annotations, items(parts.mounts(), ",\n          "), items(parts.volumes(), ",\n      "));
    }

    private static String items(List<OwnedItem> items, String separator) {
        return items.stream().map(OwnedItem::flow).collect(joining(separator));
    }
}
