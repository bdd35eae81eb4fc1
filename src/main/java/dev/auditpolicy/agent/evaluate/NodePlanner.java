package dev.auditpolicy.agent.evaluate;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.manifest.ManifestChange;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.LogSettingsCheck;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From what is wanted and what is there: what the node's files must become. */
public final class NodePlanner {

    private final NodePaths paths;

    public NodePlanner(NodePaths paths) {
        this.paths = requireNonNull(paths, "paths is null");
    }

    /** The audit flags that the live kube-apiserver must have, and no others. */
    public Map<String, String> flags(AuditNodeSpec spec) {
        return AuditFlags.of(spec.log());
    }

    public NodePlan plan(AuditNodeSpec spec, NodeSnapshot seen) {
        if (seen.manifest().isEmpty()) {
            return new NodePlan.Refused("there is no " + paths.manifest() + " on this node: this release changes"
                    + " kube-apiserver only where it is a static pod as kubeadm makes it");
        }
        var problems = LogSettingsCheck.check(spec.log());
        if (!problems.isEmpty()) {
            return new NodePlan.Refused(ManifestProblem.summary(problems));
        }
        var user = seen.newest().map(process -> process.uid()).filter(uid -> uid != 0);
        if (user.isPresent()) {
            return new NodePlan.Refused("kube-apiserver runs as user " + user.get()
                    + " on this node: this release writes a policy file that only root can read");
        }
        var manifest = seen.manifest().get();
        return switch (new ManifestPlanner()
                .plan(manifest.text(), DesiredAuditConfig.of(spec.log(), spec.revision()))) {
            case Plan.Unpatchable unpatchable -> new NodePlan.Refused(ManifestProblem.summary(unpatchable.problems()));
            case Plan.Unchanged _ -> files(spec, seen, Optional.empty(), List.of());
            case Plan.Patched patched ->
                files(
                        spec,
                        seen,
                        Optional.of(manifest.withText(patched.text())),
                        patched.changesOnlyRevision() ? List.of() : patched.changes());
        };
    }

    private NodePlan files(
            AuditNodeSpec spec, NodeSnapshot seen, Optional<FileImage> manifest, List<ManifestChange> settings) {
        var described =
                new ArrayList<>(settings.stream().map(ManifestChange::describe).toList());
        var wanted = Optional.of(FileImage.rootOnly(spec.policy()))
                .filter(file -> !seen.policy().equals(Optional.of(file)));
        if (wanted.isPresent()) {
            described.addFirst((seen.policy().isPresent() ? "changed " : "added ") + paths.policy());
        }
        return new NodePlan.Files(wanted, manifest, !settings.isEmpty(), described);
    }
}
