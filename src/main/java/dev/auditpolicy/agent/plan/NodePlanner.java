package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.manifest.ManifestChange;
import dev.auditpolicy.manifest.ManifestChange.Action;
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

/** Plans the node's files from the spec and the current files. */
public final class NodePlanner {

    private final NodePaths paths;

    public NodePlanner(NodePaths paths) {
        this.paths = paths;
    }

    /** The audit flags that the live kube-apiserver must have, and no others. */
    public Map<String, String> flags(AuditNodeSpec spec) {
        return AuditFlags.of(spec.log());
    }

    public NodePlan plan(AuditNodeSpec spec, NodeSnapshot node) {
        if (node.manifest().isEmpty()) {
            return new NodePlan.Blocked("this node has no " + paths.manifest()
                    + ": this release supports kube-apiserver only as a static pod, the kubeadm default");
        }
        var problems = LogSettingsCheck.check(spec.log());
        if (!problems.isEmpty()) {
            return new NodePlan.Blocked(ManifestProblem.summary(problems));
        }
        var user = node.newest().map(ApiServerProcess::uid).filter(uid -> uid != 0);
        if (user.isPresent()) {
            return new NodePlan.Blocked("kube-apiserver runs as user " + user.get()
                    + " on this node: this release writes a policy file that only root can read");
        }
        var manifest = node.manifest().get();
        return switch (new ManifestPlanner()
                .plan(manifest.text(), DesiredAuditConfig.of(spec.log(), spec.revision()))) {
            case Plan.Unpatchable refused -> new NodePlan.Blocked(ManifestProblem.summary(refused.problems()));
            case Plan.Unchanged _ -> files(spec, node, Optional.empty(), List.of());
            case Plan.Patched patched ->
                files(
                        spec,
                        node,
                        Optional.of(manifest.withText(patched.text())),
                        patched.changesOnlyRevision() ? List.of() : patched.changes());
        };
    }

    private NodePlan files(
            AuditNodeSpec spec, NodeSnapshot node, Optional<FileImage> manifest, List<ManifestChange> settings) {
        var changes = new ArrayList<>(settings.stream().map(PlannedChange::of).toList());
        var policy = Optional.of(FileImage.rootOnly(spec.policy()))
                .filter(file -> !node.policy().equals(Optional.of(file)));
        if (policy.isPresent()) {
            changes.addFirst(
                    new PlannedChange(node.policy().isPresent() ? Action.CHANGED : Action.ADDED, paths.policy()));
        }
        return new NodePlan.Files(policy, manifest, !settings.isEmpty(), changes);
    }
}
