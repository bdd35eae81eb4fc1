package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole of our parts as they are to be in a manifest.
 *
 * @param flags by name, in the order to write
 * @param volumes for {@code spec.volumes}
 * @param mounts for the container's {@code volumeMounts}
 * @param annotations our marks; a key of ours without a value is to be absent
 */
record DesiredManifestParts(
        Map<String, String> flags, List<OwnedItem> volumes, List<OwnedItem> mounts, Map<String, String> annotations) {

    /** Nothing of ours at all. */
    static final DesiredManifestParts NOTHING = new DesiredManifestParts(Map.of(), List.of(), List.of(), Map.of());

    static DesiredManifestParts of(DesiredAuditConfig wanted) {
        return new DesiredManifestParts(
                wanted.flags(),
                List.of(
                        OwnedItem.volume(OwnershipMarkers.POLICY_VOLUME, wanted.policyPath(), "File"),
                        OwnedItem.volume(OwnershipMarkers.LOG_VOLUME, wanted.logDirectory(), "DirectoryOrCreate")),
                List.of(
                        OwnedItem.mount(OwnershipMarkers.POLICY_VOLUME, wanted.policyPath(), true),
                        OwnedItem.mount(OwnershipMarkers.LOG_VOLUME, wanted.logDirectory(), false)),
                new TreeMap<>(Map.of(
                        OwnershipMarkers.FLAGS, String.join(",", wanted.flags().keySet()),
                        OwnershipMarkers.REVISION, wanted.revision())));
    }
}
