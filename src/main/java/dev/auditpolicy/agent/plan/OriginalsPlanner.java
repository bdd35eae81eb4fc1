package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans what to remember of a node that is taken over: what giving it back would make of its manifest now. So a manifest that
 * was written anew with foreign flags replaces what was remembered before, and a foreign flag beside ours joins it.
 */
record OriginalsPlanner(DesiredAuditConfig desired, Ownership ownership) {

    /** Empty if it could not be given back. */
    Optional<Originals> plan(FileImage manifest, NodeSnapshot node) {
        var original = isOurs(manifest) ? givenBack(manifest) : manifest.text();
        return new ManifestPlanner().planTakeover(original, desired) instanceof Plan.Patched again
                ? Optional.of(
                        new Originals(manifest.withText(original), again.taken().lines(), policy(node)))
                : Optional.empty();
    }

    /** Flags alone are no mark: anyone who writes the manifest anew may want the same value today. */
    private static boolean isOurs(FileImage manifest) {
        return KubeApiServerManifest.parse(manifest.text())
                .supported()
                .filter(KubeApiServerManifest::hasMark)
                .isPresent();
    }

    private String givenBack(FileImage manifest) {
        return switch (new ManifestPlanner(ownership.flags()).planRemoval(manifest.text(), ownership.taken())) {
            case Plan.Unchanged _ -> manifest.text();
            case Plan.Patched patched -> patched.text();
            case Plan.Unpatchable _ -> "";
        };
    }

    private @Nullable FileImage policy(NodeSnapshot node) {
        return node.policy()
                .filter(file -> !ownership.isOurs(file))
                .or(() -> ownership.originals().map(Originals::policy))
                .orElse(null);
    }
}
