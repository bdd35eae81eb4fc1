package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.ManifestChange;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.TakenParts;
import dev.auditpolicy.manifest.flags.BackendsCheck;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the manifest and the policy of a node whose kube-apiserver is a static pod. */
public final class StaticPodPlanner implements HostPlanner {

    private final NodePaths paths;

    public StaticPodPlanner(NodePaths paths) {
        this.paths = paths;
    }

    @Override
    public Optional<Goal> goal(AuditNodeSpec spec, NodeSnapshot node, Ownership ownership) {
        return switch (plan(spec, node, ownership)) {
            case NodePlan.Kept _ ->
                Optional.of(new Goal(spec, node.policy().map(FileImage::text), RestorePlanner.flags(node.manifest())));
            case NodePlan.Files files
            when spec.restores() ->
                Optional.of(new Goal(
                        spec,
                        new RestorePlanner(paths, ownership).policy(files, node),
                        RestorePlanner.flags(files.configurationAfter(node.manifest()))));
            case NodePlan.Files _, NodePlan.Blocked _ ->
                spec.restores() ? Optional.empty() : Optional.of(Goal.of(spec));
        };
    }

    @Override
    public List<String> keptEdits(FileImages images, Ownership ownership) {
        return new RestorePlanner(paths, ownership)
                .kept(images.before().map(FileImage::text).orElse(""), Optional.ofNullable(images.policyBefore()));
    }

    @Override
    public boolean isUntouched(NodeSnapshot node, Ownership ownership) {
        return node.manifest()
                .flatMap(image -> KubeApiServerManifest.parse(image.text()).supported())
                .filter(ownership::isNone)
                .isPresent();
    }

    @Override
    public Optional<FileImage> revert(
            Optional<FileImage> current, FileImages images, Optional<AuditNodeSpec> lastVerified, boolean hasReturned) {
        return current.map(manifest ->
                manifest.withText(new ManifestRevert(images, lastVerified, hasReturned).revert(manifest.text())));
    }

    @Override
    public Removal removal(NodeSnapshot node, Ownership ownership) throws IOException {
        return new Removal(Optional.of(new ManifestRemoval(paths, ownership).without(node)), Optional.empty());
    }

    @Override
    public boolean needsPolicy(NodeSnapshot node) {
        return node.manifest()
                .flatMap(image -> KubeApiServerManifest.parse(image.text()).supported())
                .map(manifest -> paths.policy().equals(manifest.flags().get("audit-policy-file")))
                .orElse(true);
    }

    @Override
    public NodePlan plan(AuditNodeSpec spec, NodeSnapshot node, Ownership ownership) {
        if (node.unusable().isPresent()) {
            return new NodePlan.Blocked(node.unusable().get());
        }
        if (node.manifest().isEmpty()) {
            return new NodePlan.Blocked(
                    "this node has no " + paths.configuration()
                            + ", and kube-apiserver is not a systemd unit that the agent can manage (see docs/install-systemd.md)");
        }
        if (spec.restores()) {
            return new RestorePlanner(paths, ownership).plan(node);
        }
        var problems = BackendsCheck.check(spec);
        if (!problems.isEmpty()) {
            return new NodePlan.Blocked(ManifestProblem.summary(problems));
        }
        var manifest = node.manifest().get();
        var desired = DesiredAuditConfig.of(spec);
        var policy = policy(spec, node, ownership);
        return switch (plan(manifest, desired, spec, ownership)) {
            case Plan.Unpatchable refused -> new NodePlan.Blocked(ManifestProblem.summary(refused.problems()));
            case Plan.Unchanged _ ->
                files(policy, node, Optional.empty(), List.of(), TakenParts.NONE, Optional.empty());
            case Plan.Patched patched ->
                patched.taken().isEmpty()
                        ? files(policy, node, patched, Optional.empty())
                        : new OriginalsPlanner(desired, ownership)
                                .plan(manifest, node)
                                .map(originals -> takeover(
                                        spec,
                                        node,
                                        ownership,
                                        originals,
                                        files(policy, node, patched, Optional.of(originals))))
                                .orElseGet(this::notReturnable);
        };
    }

    private static Plan plan(FileImage manifest, DesiredAuditConfig desired, AuditNodeSpec spec, Ownership ownership) {
        var planner = new ManifestPlanner(ownership.flags());
        return spec.takesOver() || ownership.keepsFlagsOf(manifest)
                ? planner.planTakeover(manifest.text(), desired)
                : planner.plan(manifest.text(), desired);
    }

    private NodePlan notReturnable() {
        return new NodePlan.Blocked("the audit configuration of this node cannot be taken over, because it could not be"
                + " given back: remove its audit flags from " + paths.configuration());
    }

    private NodePlan takeover(
            AuditNodeSpec spec, NodeSnapshot node, Ownership ownership, Originals originals, NodePlan.Files files) {
        return isKept(spec, node, ownership, originals)
                ? new NodePlan.Kept(
                        originals.keeping(),
                        ownership.hasKept(spec, RestorePlanner.flags(node.manifest()), node.policy()),
                        files)
                : files;
    }

    /** Only what is on the node now is kept, never a set from before. */
    private boolean isKept(AuditNodeSpec spec, NodeSnapshot node, Ownership ownership, Originals originals) {
        return node.manifest().equals(Optional.of(originals.manifest()))
                && node.policy()
                        .map(FileImage::text)
                        .equals(Optional.ofNullable(originals.policy()).map(FileImage::text))
                && KubeApiServerManifest.parse(originals.manifest().text())
                        .supported()
                        .filter(manifest -> new SameMeaning(paths, node, ownership).isThatOf(spec, manifest))
                        .isPresent();
    }

    /** The policy file to write; empty if it is up to date. One that a takeover has kept may have another owner and mode. */
    private static Optional<FileImage> policy(AuditNodeSpec spec, NodeSnapshot node, Ownership ownership) {
        var isKept = ownership.kept().isPresent()
                && node.policy().map(FileImage::text).equals(Optional.of(spec.policy()));
        return Optional.of(policyFile(spec, node))
                .filter(file -> !isKept && !node.policy().equals(Optional.of(file)));
    }

    private NodePlan.Files files(
            Optional<FileImage> policy, NodeSnapshot node, Plan.Patched patched, Optional<Originals> originals) {
        return files(
                policy,
                node,
                node.manifest().map(manifest -> manifest.withText(patched.text())),
                patched.changesOnlyAnnotations() ? List.of() : patched.changes(),
                patched.taken(),
                originals);
    }

    private NodePlan.Files files(
            Optional<FileImage> policy,
            NodeSnapshot node,
            Optional<FileImage> manifest,
            List<ManifestChange> settings,
            TakenParts taken,
            Optional<Originals> originals) {
        var changes = new ArrayList<>(settings.stream().map(PlannedChange::of).toList());
        if (policy.isPresent()) {
            changes.addFirst(PlannedChange.ofPolicy(paths.policy(), node));
        }
        return new NodePlan.Files(
                policy, manifest.map(FileChange::write), !settings.isEmpty(), changes, taken.lines(), originals);
    }

    /** Belongs to the user of kube-apiserver, who must read it at the next start. While none runs, the owner stays. */
    static FileImage policyFile(AuditNodeSpec spec, NodeSnapshot node) {
        var owner =
                node.policy().filter(file -> file.uid() != 0 && node.newest().isEmpty());
        return owner.map(file -> file.withText(spec.policy())).orElseGet(() -> {
            var user = node.newest().map(ApiServerProcess::user).orElse(ProcessUser.ROOT);
            return FileImage.ownedBy(user.uid(), user.gid(), spec.policy());
        });
    }
}
