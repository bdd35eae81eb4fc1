package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All our parts in their desired state.
 *
 * @param flags by name, in the order in which they are written
 * @param volumes for {@code spec.volumes}
 * @param mounts for the container's {@code volumeMounts}
 * @param annotations our annotations; one of our keys that is missing here must be absent
 */
record DesiredManifestParts(
        Map<String, String> flags, List<OwnedItem> volumes, List<OwnedItem> mounts, Map<String, String> annotations) {

    /** No parts. */
    static final DesiredManifestParts NONE = new DesiredManifestParts(Map.of(), List.of(), List.of(), Map.of());

    static DesiredManifestParts of(DesiredAuditConfig desired) {
        var volumes = new ArrayList<OwnedItem>();
        var mounts = new ArrayList<OwnedItem>();
        volumes.add(OwnedItem.volume(OwnershipMarkers.POLICY_VOLUME, desired.policyPath(), "File"));
        mounts.add(OwnedItem.mount(OwnershipMarkers.POLICY_VOLUME, desired.policyPath(), true));
        desired.logDirectory().ifPresent(path -> {
            volumes.add(OwnedItem.volume(OwnershipMarkers.LOG_VOLUME, path, "DirectoryOrCreate"));
            mounts.add(OwnedItem.mount(OwnershipMarkers.LOG_VOLUME, path, false));
        });
        // The agent has written it: kubelet must not start a kube-apiserver with an empty one.
        desired.webhookDirectory().ifPresent(path -> {
            volumes.add(OwnedItem.volume(OwnershipMarkers.WEBHOOK_VOLUME, path, "Directory"));
            mounts.add(OwnedItem.mount(OwnershipMarkers.WEBHOOK_VOLUME, path, true));
        });
        return new DesiredManifestParts(
                desired.flags(),
                volumes,
                mounts,
                new TreeMap<>(Map.of(
                        OwnershipMarkers.FLAGS, String.join(",", desired.flags().keySet()),
                        OwnershipMarkers.REVISION, desired.revision())));
    }

    /** The same parts, put back at {@code time}. */
    DesiredManifestParts reappliedAt(Instant time) {
        var all = new TreeMap<>(annotations);
        all.put(OwnershipMarkers.REAPPLIED, time.toString());
        return new DesiredManifestParts(flags, volumes, mounts, all);
    }
}
