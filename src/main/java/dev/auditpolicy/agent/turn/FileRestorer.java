package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.TakenParts;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.policy.write.PolicyWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores the files from before a change. A file is replaced only if it is exactly what this operator wrote. It needs no space
 * on the disk, because {@link #prepare} keeps the previous files beside the changed ones.
 */
final class FileRestorer {

    private static final Logger LOG = LoggerFactory.getLogger(FileRestorer.class);

    private final NodeFiles files;
    private final NodePaths paths;
    private final FileImages images;
    private final ManifestPlanner manifests = new ManifestPlanner();
    private final boolean hasReturned;

    /** @param hasReturned whether the change was to give back what a takeover had replaced */
    FileRestorer(NodeFiles files, NodePaths paths, FileImages images, boolean hasReturned) {
        this.hasReturned = hasReturned;
        this.files = files;
        this.paths = paths;
        this.images = images;
    }

    /** Called before the first write of the change. */
    void prepare() throws IOException {
        files.prepareRestore(paths.policy(), previousPolicy());
        files.prepareRestore(paths.manifest(), images.manifestBefore());
    }

    private FileImage previousPolicy() {
        return Optional.ofNullable(images.policyBefore()).orElseGet(this::placeholder);
    }

    /**
     * A policy that every kube-apiserver loads, for a pod whose policy file did not exist before the change. It has the owner of the
     * changed file, which that kube-apiserver can read.
     */
    private FileImage placeholder() {
        var none = new PolicyRule(
                Level.NONE, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
        return images.policyAfter().withText(PolicyWriter.write(new Policy(List.of(), null, List.of(none))));
    }

    /** Whether a file is still as the change wrote it. */
    boolean isChanged() throws IOException {
        return isPolicyChanged() || isManifestChanged();
    }

    private boolean isPolicyChanged() throws IOException {
        return !previousPolicy().equals(images.policyAfter())
                && files.read(paths.policy()).equals(Optional.of(images.policyAfter()));
    }

    private boolean isManifestChanged() throws IOException {
        return !images.manifestBefore().equals(images.manifestAfter())
                && files.read(paths.manifest()).equals(Optional.of(images.manifestAfter()));
    }

    void restorePolicy() throws IOException {
        if (isPolicyChanged()) {
            files.restore(paths.policy(), Optional.of(images.policyAfter()), previousPolicy());
            LOG.atInfo().log("Policy restored");
        }
    }

    /** @param lastVerified what kube-apiserver ran before, if this operator had changed the node before */
    void restoreManifest(Optional<AuditNodeSpec> lastVerified) throws IOException {
        var current = files.read(paths.manifest());
        if (current.isEmpty()) {
            return;
        }
        var manifest = current.get();
        var restored = manifest.equals(images.manifestAfter())
                ? images.manifestBefore()
                : manifest.withText(revertOwnChanges(manifest.text(), lastVerified));
        if (!restored.equals(manifest)) {
            files.restore(paths.manifest(), current, restored);
            LOG.atInfo().log("Manifest restored");
        }
    }

    /** The manifest has changed since: keeps that change, and reverts only the operator's. */
    private String revertOwnChanges(String text, Optional<AuditNodeSpec> lastVerified) {
        if (text.equals(images.manifestBefore().text())) {
            return text;
        }
        var plan = lastVerified
                .map(spec -> planAgain(text, DesiredAuditConfig.of(spec.log(), spec.revision())))
                .orElseGet(() -> manifests.planRemoval(text));
        var reverted = text(plan, text);
        var taken = new TakenParts(images.manifestBefore().text(), images.takenLines());
        return taken.isEmpty() ? reverted : text(manifests.planReturn(reverted, taken), reverted);
    }

    private Plan planAgain(String text, DesiredAuditConfig desired) {
        return hasReturned ? manifests.planTakeover(text, desired) : manifests.plan(text, desired);
    }

    private static String text(Plan plan, String unchanged) {
        return switch (plan) {
            case Plan.Patched patched -> patched.text();
            case Plan.Unchanged _, Plan.Unpatchable _ -> unchanged;
        };
    }

    /** Called when kube-apiserver no longer reads the placeholder. */
    void deletePlaceholder() throws IOException {
        if (images.policyBefore() == null
                && files.read(paths.policy()).filter(placeholder()::equals).isPresent()) {
            files.delete(paths.policy(), placeholder());
        }
    }

    /** The audit flags from before the change. */
    Map<String, String> flagsBefore() {
        return KubeApiServerManifest.parse(images.manifestBefore().text())
                .supported()
                .map(manifest -> Flags.of(manifest.argv()).audit())
                .orElse(Map.of());
    }

    /** The policy that kube-apiserver loaded before the change, if it is the file that the change replaced. */
    Optional<String> policyBefore() {
        return Optional.ofNullable(images.policyBefore())
                .filter(_ -> paths.policy().equals(flagsBefore().get("audit-policy-file")))
                .map(FileImage::text);
    }
}
