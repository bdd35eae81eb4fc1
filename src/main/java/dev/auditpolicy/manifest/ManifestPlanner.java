package dev.auditpolicy.manifest;

import dev.auditpolicy.manifest.ManifestChange.Part;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.manifest.flags.OwnedFlags;
import dev.auditpolicy.manifest.yaml.UnsupportedManifestException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans the desired kube-apiserver manifest from the current one.
 *
 * <p>A plan changes only our flags, volumes, mounts and annotations, unless it is to take over; the annotation
 * {@code auditpolicy.dev/flags} lists our flags. A manifest that kubeadm has regenerated has no annotation and is planned from
 * scratch.
 */
public final class ManifestPlanner {

    private final OwnedFlags book;

    /** A planner that knows only what annotations state. */
    public ManifestPlanner() {
        this(OwnedFlags.NONE);
    }

    /** @param book flags that are ours, whether an annotation lists them or not */
    public ManifestPlanner(OwnedFlags book) {
        this.book = book;
    }

    /** Plans the changes of a manifest to the desired audit settings. Refuses a manifest with foreign ones. */
    public Plan plan(String text, DesiredAuditConfig desired) {
        return switch (KubeApiServerManifest.parse(text, book)) {
            case KubeApiServerManifest.UnsupportedManifest(List<ManifestProblem> problems) ->
                new Plan.Unpatchable(problems);
            case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) ->
                planChecked(manifest, DesiredManifestParts.of(desired));
        };
    }

    /**
     * Plans the same for a manifest that kubeadm has just written without our parts. The time in an annotation makes the hash of
     * the static pod another than before kubeadm's change: kubeadm waits for a new hash, and gives up after 5 minutes.
     */
    public Plan planReapplication(String text, DesiredAuditConfig desired, Instant now) {
        return switch (KubeApiServerManifest.parse(text, book)) {
            case KubeApiServerManifest.UnsupportedManifest(List<ManifestProblem> problems) ->
                new Plan.Unpatchable(problems);
            case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) ->
                planChecked(manifest, DesiredManifestParts.of(desired).reappliedAt(now));
        };
    }

    /**
     * Plans the same, and the removal of foreign audit flags, and of volumes and mounts that serve only these and collide with
     * ours. The plan has what it takes.
     */
    public Plan planTakeover(String text, DesiredAuditConfig desired) {
        try {
            var manifest = ManifestReader.read(text, book);
            var foreign = ForeignAuditParts.of(manifest, DesiredManifestParts.of(desired));
            if (!foreign.problems().isEmpty()) {
                return new Plan.Unpatchable(foreign.problems());
            }
            return foreign.isEmpty() ? plan(text, desired) : then(new Takeover(manifest, foreign).plan(text), desired);
        } catch (UnsupportedManifestException e) {
            return new Plan.Unpatchable(e.problems());
        }
    }

    private Plan then(Plan.Patched takeover, DesiredAuditConfig desired) {
        return switch (plan(takeover.text(), desired)) {
            case Plan.Unchanged _ -> takeover;
            case Plan.Unpatchable unpatchable -> unpatchable;
            case Plan.Patched patched ->
                new Plan.Patched(
                        patched.text(),
                        Stream.concat(takeover.changes().stream(), patched.changes().stream())
                                .toList(),
                        takeover.taken());
        };
    }

    /**
     * Plans the removal of all our parts. If nothing else has changed since our first patch, the result is identical to the
     * manifest before that patch, byte for byte.
     */
    public Plan planRemoval(String text) {
        return switch (KubeApiServerManifest.parse(text, book)) {
            case KubeApiServerManifest.UnsupportedManifest(List<ManifestProblem> problems) ->
                new Plan.Unpatchable(problems);
            case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) ->
                planFor(manifest, DesiredManifestParts.NONE);
        };
    }

    /** Plans the removal of all our parts, and the return of what a takeover has taken. */
    public Plan planRemoval(String text, TakenParts taken) {
        return planRemoval(text, taken, Set.of());
    }

    private Plan planRemoval(String text, TakenParts taken, Set<String> stayingAway) {
        var removal = planRemoval(text);
        return taken.isEmpty()
                ? removal
                : switch (removal) {
                    case Plan.Unpatchable _ -> removal;
                    case Plan.Unchanged _ -> planReturn(text, taken, stayingAway);
                    case Plan.Patched removed ->
                        switch (planReturn(removed.text(), taken, stayingAway)) {
                            case Plan.Unchanged _ -> removal;
                            case Plan.Unpatchable unpatchable -> unpatchable;
                            case Plan.Patched returned ->
                                new Plan.Patched(
                                        returned.text(),
                                        Stream.concat(removed.changes().stream(), returned.changes().stream())
                                                .toList());
                        };
                };
    }

    /**
     * Plans the same, except that a flag stays as it is if somebody has changed or removed it since. The plan is refused if
     * such a flag would then name a path that nothing serves.
     */
    public Plan planGiveBack(String text, TakenParts taken) {
        try {
            var manifest = ManifestReader.read(text, book);
            var edited = EditedFlags.of(manifest, book);
            if (edited.isEmpty()) {
                return planRemoval(text, taken);
            }
            var plan = planRemoval(edited.disowned(manifest), taken, edited.removed());
            return plan instanceof Plan.Patched patched
                            && !edited.unserved(manifest, patched.text()).isEmpty()
                    ? new Plan.Unpatchable(edited.unserved(manifest, patched.text()))
                    : plan;
        } catch (UnsupportedManifestException e) {
            return new Plan.Unpatchable(e.problems());
        }
    }

    /** The flags that {@link #planGiveBack} leaves as somebody has changed them, with their values; a removed one has none. */
    public Map<String, Optional<String>> editedFlags(String text) {
        return switch (KubeApiServerManifest.parse(text, book)) {
            case KubeApiServerManifest.UnsupportedManifest _ -> Map.of();
            case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) ->
                EditedFlags.of(manifest, book).all();
        };
    }

    /** Plans only the return of what a takeover has taken, and leaves our parts. */
    public Plan planReturn(String text, TakenParts taken) {
        return planReturn(text, taken, Set.of());
    }

    private static Plan planReturn(String text, TakenParts taken, Set<String> stayingAway) {
        try {
            var giveBack = new GiveBack(text, taken, stayingAway);
            return giveBack.isEmpty() ? new Plan.Unchanged() : new Plan.Patched(giveBack.text(), giveBack.changes());
        } catch (UnsupportedManifestException e) {
            return new Plan.Unpatchable(e.problems());
        }
    }

    private static Plan planChecked(KubeApiServerManifest manifest, DesiredManifestParts desired) {
        var collisions = CollisionCheck.check(manifest, desired);
        return collisions.isEmpty() ? planFor(manifest, desired) : new Plan.Unpatchable(collisions);
    }

    private static Plan planFor(KubeApiServerManifest manifest, DesiredManifestParts desired) {
        var edits = new TextEdits(manifest.text());
        new FlagEditor(manifest, edits).edit(desired);
        new ListEditor(manifest, edits, Part.MOUNT, manifest.container(), "volumeMounts").edit(desired.mounts());
        new ListEditor(manifest, edits, Part.VOLUME, manifest.spec(), "volumes").edit(desired.volumes());
        new AnnotationEditor(manifest, edits).edit(desired.annotations());
        if (edits.changes().isEmpty()) {
            return new Plan.Unchanged();
        }
        var patched = edits.apply();
        if (patched.isEmpty()) {
            return new Plan.Unpatchable(List.of(new ManifestProblem("manifest", "", LayoutCheck.MESSAGE)));
        }
        var problems = PodCheck.check(manifest, patched.get(), desired);
        return problems.isEmpty() ? new Plan.Patched(patched.get(), edits.changes()) : new Plan.Unpatchable(problems);
    }
}
