package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.OriginalPaths;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.io.IOException;

/** The manifest of a node without our parts, and with those that a takeover has replaced. */
record ManifestRemoval(NodePaths paths, Ownership ownership) {

    FileImage without(NodeSnapshot node) throws IOException {
        var manifest = node.manifest()
                .orElseThrow(() -> new IOException("this node has no " + paths.configuration()
                        + ": restore the manifest from " + OriginalPaths.MANIFEST));
        return switch (new ManifestPlanner(ownership.flags()).planRemoval(manifest.text(), ownership.taken())) {
            case Plan.Patched patched -> manifest.withText(patched.text());
            case Plan.Unchanged _ -> manifest;
            case Plan.Unpatchable refused ->
                throw new IOException(ManifestProblem.summary(refused.problems())
                        + ". The manifest from before this operator is in " + OriginalPaths.MANIFEST);
        };
    }
}
