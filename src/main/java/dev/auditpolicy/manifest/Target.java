package dev.auditpolicy.manifest;

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
record Target(
        Map<String, String> flags, List<OwnedItem> volumes, List<OwnedItem> mounts, Map<String, String> annotations) {

    /** Nothing of ours at all. */
    static final Target NOTHING = new Target(Map.of(), List.of(), List.of(), Map.of());

    static Target of(Wanted wanted) {
        return new Target(
                wanted.flags(),
                List.of(
                        OwnedItem.volume(Marks.POLICY_VOLUME, wanted.policyPath(), "File"),
                        OwnedItem.volume(Marks.LOG_VOLUME, wanted.logDirectory(), "DirectoryOrCreate")),
                List.of(
                        OwnedItem.mount(Marks.POLICY_VOLUME, wanted.policyPath(), true),
                        OwnedItem.mount(Marks.LOG_VOLUME, wanted.logDirectory(), false)),
                new TreeMap<>(Map.of(
                        Marks.FLAGS, String.join(",", wanted.flags().keySet()),
                        Marks.REVISION, wanted.revision())));
    }
}
