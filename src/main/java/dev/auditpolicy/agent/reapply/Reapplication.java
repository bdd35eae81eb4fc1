package dev.auditpolicy.agent.reapply;

import static java.util.stream.Collectors.joining;

import dev.auditpolicy.agent.plan.ImageVersion;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.BackendsCheck;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What to do about a {@link Rewrite}. What is doubtful is left to a turn, which has a pre-flight, a guard and a rollback. */
sealed interface Reapplication {

    /** The last line that kubeadm writes. {@code kubeadm init phase} writes in place, so what is on the disk may lack its end. */
    String END = "\nstatus: {}\n";

    /** The manifest to write. */
    record Write(FileImage manifest) implements Reapplication {}

    /** The manifest stays as it is, and the node gets a turn. */
    record Leave(String reason) implements Reapplication {}

    /**
     * Decides.
     *
     * @param proven what the node was last verified to run, and nothing else: a newer revision needs a turn
     * @param ownership whether that was as a takeover had found it
     */
    static Reapplication of(Rewrite rewrite, AuditNodeSpec proven, Ownership ownership, Instant now) {
        return switch (KubeApiServerManifest.parse(rewrite.manifest().text())) {
            case KubeApiServerManifest.UnsupportedManifest(List<ManifestProblem> problems) ->
                new Leave(ManifestProblem.summary(problems));
            case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) ->
                doubt(rewrite, manifest, proven, ownership)
                        .<Reapplication>map(Leave::new)
                        .orElseGet(() -> plan(rewrite.manifest(), proven, now));
        };
    }

    private static Reapplication plan(FileImage manifest, AuditNodeSpec proven, Instant now) {
        var desired = DesiredAuditConfig.of(proven);
        return switch (new ManifestPlanner().planReapplication(manifest.text(), desired, now)) {
            case Plan.Patched patched -> new Write(manifest.withText(patched.text()));
            case Plan.Unpatchable(List<ManifestProblem> problems) -> new Leave(ManifestProblem.summary(problems));
            case Plan.Unchanged _ -> new Leave("the manifest needs no change");
        };
    }

    private static Optional<String> doubt(
            Rewrite rewrite, KubeApiServerManifest manifest, AuditNodeSpec proven, Ownership ownership) {
        return whoWroteIt(rewrite, manifest)
                .or(() -> doubtAboutProcess(rewrite, proven, ownership))
                .or(() -> doubtAboutFiles(rewrite, proven, ownership))
                .or(() -> doubtAboutVersion(manifest.image()));
    }

    /**
     * {@code kubeadm init phase} has ended a millisecond after its write, so it is rarely seen. A node that was verified a moment
     * ago is in no trouble from which an administrator could be saving it with a manifest without our parts.
     */
    private static Optional<String> whoWroteIt(Rewrite rewrite, KubeApiServerManifest manifest) {
        if (!manifest.isKubeadms()) {
            return Optional.of("the manifest has no annotation of kubeadm");
        }
        if (!rewrite.manifest().text().endsWith(END)) {
            return Optional.of("the manifest does not end as kubeadm writes it");
        }
        return switch (rewrite.standing()) {
            case LEFT_ALONE -> Optional.of("the node is on hold, or is not to be changed without a turn");
            case VERIFIED ->
                rewrite.kubeadm().isEmpty() && rewrite.processes().isEmpty()
                        ? Optional.of("neither kubeadm nor kube-apiserver is running")
                        : Optional.empty();
            case UNKNOWN, MANAGED ->
                rewrite.kubeadm().isEmpty() ? Optional.of("kubeadm is not running") : Optional.empty();
        };
    }

    private static Optional<String> doubtAboutProcess(Rewrite rewrite, AuditNodeSpec proven, Ownership ownership) {
        return rewrite.processes().stream()
                .findFirst()
                .filter(live -> !live.user().isRoot()
                        || !live.flags()
                                .audit()
                                .equals(ownership.flags(proven, live.flags().audit())))
                .map(_ -> "kube-apiserver does not run the revision that was last verified");
    }

    private static Optional<String> doubtAboutFiles(Rewrite rewrite, AuditNodeSpec proven, Ownership ownership) {
        var problems = BackendsCheck.check(proven);
        if (!problems.isEmpty()) {
            return Optional.of(problems.stream().map(ManifestProblem::toString).collect(joining("; ")));
        }
        var expected = ownership.kept().map(Originals::policy).orElseGet(() -> FileImage.rootOnly(proven.policy()));
        return rewrite.policy().equals(Optional.of(expected))
                ? Optional.empty()
                : Optional.of("the policy file is not that of the revision that was last verified");
    }

    private static Optional<String> doubtAboutVersion(String image) {
        return ImageVersion.of(image).isPresent()
                ? Optional.empty()
                : Optional.of("this release does not know the kube-apiserver of image " + image);
    }
}
