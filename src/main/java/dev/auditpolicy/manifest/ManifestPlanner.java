package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.List;

/**
 * Plans what a kube-apiserver manifest must become, from what it is now.
 *
 * <p>Only flags, volumes, mounts and annotations that are ours change; they are ours by the annotation
 * {@code auditpolicy.dev/flags}. A manifest that kubeadm has written anew bears no mark and is planned from the start.
 */
public final class ManifestPlanner {

    /** What to do so that {@code text} says what is wanted. */
    public Plan plan(String text, DesiredAuditConfig wanted) {
        return toward(text, DesiredManifestParts.of(wanted));
    }

    /**
     * What to do so that nothing of ours is left in {@code text}; where nothing else has changed since, the result is
     * what it was before our first patch, byte for byte.
     */
    public Plan removed(String text) {
        return toward(text, DesiredManifestParts.NOTHING);
    }

    private static Plan toward(String text, DesiredManifestParts target) {
        return switch (KubeApiServerManifest.parse(text)) {
            case KubeApiServerManifest.UnsupportedManifest(List<ManifestProblem> problems) ->
                new Plan.Unpatchable(problems);
            case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) -> toward(manifest, target, text);
        };
    }

    private static Plan toward(KubeApiServerManifest manifest, DesiredManifestParts target, String text) {
        var collisions = target.equals(DesiredManifestParts.NOTHING)
                ? List.<ManifestProblem>of()
                : CollisionCheck.check(manifest, target);
        if (!collisions.isEmpty()) {
            return new Plan.Unpatchable(collisions);
        }
        var draft = new TextEdits(manifest.text());
        new FlagEditor(manifest, draft).edit(target);
        new ListEditor(manifest, draft, Part.MOUNT, manifest.container(), "volumeMounts").edit(target.mounts());
        new ListEditor(manifest, draft, Part.VOLUME, manifest.spec(), "volumes").edit(target.volumes());
        new AnnotationEditor(manifest, draft).edit(target.annotations());
        if (draft.changes().isEmpty()) {
            return new Plan.Unchanged();
        }
        var patched = draft.apply();
        var problems = PodCheck.check(text, patched, target);
        return problems.isEmpty() ? new Plan.Patched(patched, draft.changes()) : new Plan.Unpatchable(problems);
    }
}
