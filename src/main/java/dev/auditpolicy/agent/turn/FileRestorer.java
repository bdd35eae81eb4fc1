package dev.auditpolicy.agent.turn;

import dev.auditpolicy.agent.node.NodeContext;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.host.file.NodeFiles;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.manifest.KubeApiServerManifest;
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
    private final HostPlanner planner;
    private final boolean hasReturned;

    /** @param hasReturned whether the change was to give back what a takeover had replaced */
    FileRestorer(NodeContext node, HostPlanner planner, FileImages images, boolean hasReturned) {
        this.hasReturned = hasReturned;
        this.files = node.files();
        this.paths = node.paths();
        this.planner = planner;
        this.images = images;
    }

    /** Called before the first write of the change. */
    void prepare() throws IOException {
        files.createDirectoryOf(paths.policy());
        files.createDirectoryOf(paths.configuration());
        files.prepareRestore(paths.policy(), previousPolicy());
        if (images.before().isPresent()) {
            files.prepareRestore(paths.configuration(), images.before().get());
        }
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
        return isPolicyChanged() || isConfigurationChanged();
    }

    private boolean isPolicyChanged() throws IOException {
        return !previousPolicy().equals(images.policyAfter())
                && files.read(paths.policy()).equals(Optional.of(images.policyAfter()));
    }

    private boolean isConfigurationChanged() throws IOException {
        return !images.before().equals(images.after())
                && files.read(paths.configuration()).equals(images.after());
    }

    void restorePolicy() throws IOException {
        if (isPolicyChanged()) {
            files.restore(paths.policy(), Optional.of(images.policyAfter()), previousPolicy());
            LOG.atInfo().log("Policy restored");
        }
    }

    /** @param lastVerified what kube-apiserver ran before, if this operator had changed the node before */
    void restoreConfiguration(Optional<AuditNodeSpec> lastVerified) throws IOException {
        var path = paths.configuration();
        var current = files.read(path);
        var restored = current.equals(images.after())
                ? images.before()
                : planner.revert(current, images, lastVerified, hasReturned);
        if (restored.equals(current)) {
            return;
        }
        if (restored.isPresent()) {
            files.restore(path, current, restored.get());
        } else {
            files.delete(path, current.orElseThrow());
        }
        LOG.atInfo().addKeyValue("path", path).log("Configuration restored");
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
        return Optional.ofNullable(images.flagsBefore())
                .or(() -> images.before()
                        .flatMap(manifest ->
                                KubeApiServerManifest.parse(manifest.text()).supported())
                        .map(manifest -> Flags.of(manifest.argv()).audit()))
                .orElse(Map.of());
    }

    /** The policy that kube-apiserver loaded before the change, if it is the file that the change replaced. */
    Optional<String> policyBefore() {
        return Optional.ofNullable(images.policyBefore())
                .filter(_ -> paths.policy().equals(flagsBefore().get("audit-policy-file")))
                .map(FileImage::text);
    }
}
