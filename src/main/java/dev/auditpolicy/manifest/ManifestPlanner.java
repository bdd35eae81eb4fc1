package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.List;

/**
 * Plans the desired kube-apiserver manifest from the current one.
 *
 * <p>A plan changes only our flags, volumes, mounts and annotations; the annotation {@code auditpolicy.dev/flags} lists
 * our flags. A manifest that kubeadm has regenerated has no annotation and is planned from scratch.
 */
public final class ManifestPlanner {

    /** Plans the changes of a manifest to the desired audit settings. */
    public Plan plan(String text, DesiredAuditConfig desired) {
        return planFor(text, DesiredManifestParts.of(desired));
    }

    /**
     * Plans the removal of all our parts. If nothing else has changed since our first patch, the result is identical to the
     * manifest before that patch, byte for byte.
     */
    public Plan planRemoval(String text) {
        return planFor(text, DesiredManifestParts.NONE);
    }

    private static Plan planFor(String text, DesiredManifestParts desired) {
        return switch (KubeApiServerManifest.parse(text)) {
            case KubeApiServerManifest.UnsupportedManifest(List<ManifestProblem> problems) ->
                new Plan.Unpatchable(problems);
            case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) -> planFor(manifest, desired, text);
        };
    }

    private static Plan planFor(KubeApiServerManifest manifest, DesiredManifestParts desired, String text) {
        var collisions = desired.equals(DesiredManifestParts.NONE)
                ? List.<ManifestProblem>of()
                : CollisionCheck.check(manifest, desired);
        if (!collisions.isEmpty()) {
            return new Plan.Unpatchable(collisions);
        }
        var edits = new TextEdits(manifest.text());
        new FlagEditor(manifest, edits).edit(desired);
        new ListEditor(manifest, edits, Part.MOUNT, manifest.container(), "volumeMounts").edit(desired.mounts());
        new ListEditor(manifest, edits, Part.VOLUME, manifest.spec(), "volumes").edit(desired.volumes());
        new AnnotationEditor(manifest, edits).edit(desired.annotations());
        if (edits.changes().isEmpty()) {
            return new Plan.Unchanged();
        }
        var patched = edits.apply();
        var problems = PodCheck.check(text, patched, desired);
        return problems.isEmpty() ? new Plan.Patched(patched, edits.changes()) : new Plan.Unpatchable(problems);
    }
}
