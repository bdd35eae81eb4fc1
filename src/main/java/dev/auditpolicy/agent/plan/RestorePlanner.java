package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import dev.auditpolicy.manifest.ManifestChange.Action;
import dev.auditpolicy.manifest.ManifestPlanner;
import dev.auditpolicy.manifest.Plan;
import dev.auditpolicy.manifest.TakenParts;
import dev.auditpolicy.manifest.flags.Flags;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plans what giving a node back makes of its files: the manifest as it is now, without our parts and with those that a takeover
 * has replaced. A policy file of ours stays until kube-apiserver is verified to run without it.
 */
record RestorePlanner(NodePaths paths, Ownership ownership) {

    NodePlan plan(NodeSnapshot node) {
        var manifest = node.manifest().orElseThrow();
        var taken = ownership.keeps(node.manifest()) ? TakenParts.NONE : ownership.taken();
        return switch (planner().planGiveBack(manifest.text(), taken)) {
            case Plan.Unpatchable refused ->
                new NodePlan.Blocked("this node cannot be given back: " + ManifestProblem.summary(refused.problems()));
            case Plan.Unchanged _ -> files(node, Optional.empty(), List.of());
            case Plan.Patched patched ->
                files(
                        node,
                        Optional.of(manifest.withText(patched.text())),
                        patched.changes().stream().map(PlannedChange::of).toList());
        };
    }

    private ManifestPlanner planner() {
        return new ManifestPlanner(ownership.flags());
    }

    private NodePlan files(NodeSnapshot node, Optional<FileImage> manifest, List<PlannedChange> changes) {
        var policy = originalPolicy(node)
                .filter(_ -> namesOurPath(manifest.or(node::manifest)))
                .or(() -> manifest.isPresent() ? missingPolicy(node) : Optional.empty());
        var all = new ArrayList<>(changes);
        policy.ifPresent(_ -> all.addFirst(new PlannedChange(Action.CHANGED, paths.policy())));
        return new NodePlan.Files(
                policy, manifest.map(FileChange::write), manifest.isPresent(), all, List.of(), Optional.empty());
    }

    /** The policy file from before a takeover, unless it is there, or somebody has edited ours: those bytes are kept. */
    Optional<FileImage> originalPolicy(NodeSnapshot node) {
        return ownership
                .originals()
                .map(Originals::policy)
                .filter(original -> !node.policy().equals(Optional.of(original)))
                .filter(_ ->
                        node.policy().filter(file -> !ownership.isOurs(file)).isEmpty());
    }

    /** Without the file of ours that somebody has deleted, a rollback would leave a kube-apiserver that cannot start. */
    private Optional<FileImage> missingPolicy(NodeSnapshot node) {
        return ownership.written().stream()
                .filter(_ -> node.policy().isEmpty() && namesOurPath(node.manifest()))
                .map(spec -> StaticPodPlanner.policyFile(spec, node))
                .findFirst();
    }

    private boolean namesOurPath(Optional<FileImage> manifest) {
        return paths.policy().equals(flags(manifest).get("audit-policy-file"));
    }

    /** The audit flags of a kube-apiserver that starts with {@code manifest}. */
    static Map<String, String> flags(Optional<FileImage> manifest) {
        return manifest.flatMap(
                        image -> KubeApiServerManifest.parse(image.text()).supported())
                .map(parsed -> Flags.of(parsed.argv()).audit())
                .orElse(Map.of());
    }

    Optional<String> policy(NodePlan.Files files, NodeSnapshot node) {
        return files.policy()
                .or(node::policy)
                .map(FileImage::text)
                .filter(_ -> namesOurPath(files.configurationAfter(node.manifest())));
    }

    /** What stays as somebody has changed it since this operator set it, in words; empty if there is nothing. */
    List<String> kept(String manifest, Optional<FileImage> policy) {
        return Stream.concat(keptFlags(manifest), keptPolicy(policy).stream()).toList();
    }

    /** A file that no flag names does no harm. */
    Optional<String> keptPolicy(Optional<FileImage> policy) {
        return policy.filter(file -> !ownership.written().isEmpty() && !ownership.isOurs(file))
                .filter(file -> !ownership.originals().map(Originals::policy).equals(Optional.of(file)))
                .map(_ -> "kept " + paths.policy() + ", changed on this node after this operator wrote it");
    }

    private Stream<String> keptFlags(String manifest) {
        var ours = ownership.flags().values();
        var before = beforeTakeover();
        return planner().editedFlags(manifest).entrySet().stream()
                .map(flag -> flag.getValue()
                                .map(value -> "kept --" + flag.getKey() + "=" + value + ", changed on this node")
                                .orElseGet(() -> "did not bring --" + flag.getKey() + " back, removed on this node")
                        + " after this operator set " + String.join(" or ", ours.getOrDefault(flag.getKey(), Set.of()))
                        + Optional.ofNullable(before.get(flag.getKey()))
                                .map("; before, it was "::concat)
                                .orElse(""));
    }

    private Map<String, String> beforeTakeover() {
        return ownership.taken().equals(TakenParts.NONE)
                ? Map.of()
                : flags(ownership.originals().map(Originals::manifest));
    }
}
