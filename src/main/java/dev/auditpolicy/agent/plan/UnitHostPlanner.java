package dev.auditpolicy.agent.plan;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.FileImages;
import dev.auditpolicy.journal.Originals;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.manifest.flags.BackendsCheck;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.unit.UnitChange;
import dev.auditpolicy.unit.UnitFile;
import dev.auditpolicy.unit.UnitPlan;
import dev.auditpolicy.unit.UnitPlanner;
import dev.auditpolicy.unit.UnitState;
import dev.auditpolicy.unit.command.DropIn;
import dev.auditpolicy.unit.command.DropInText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans the drop-in and the policy of a node whose kube-apiserver is a systemd unit. */
public final class UnitHostPlanner implements HostPlanner {

    /** As systemd wants its files: it warns about others. */
    private static final int MODE = 0644;

    private final NodePaths paths;
    private final UnitPlanner units = new UnitPlanner();

    public UnitHostPlanner(NodePaths paths) {
        this.paths = paths;
    }

    @Override
    public NodePlan plan(AuditNodeSpec spec, NodeSnapshot node, Ownership ownership) {
        if (node.unusable().isPresent()) {
            return new NodePlan.Blocked(node.unusable().get());
        }
        if (spec.restores()) {
            return planGiveBack(node, ownership);
        }
        var problems = BackendsCheck.check(spec);
        if (!problems.isEmpty()) {
            return new NodePlan.Blocked(ManifestProblem.summary(problems));
        }
        var policy = Optional.of(StaticPodPlanner.policyFile(spec, node))
                .filter(file -> !node.policy().equals(Optional.of(file)));
        return switch (units.plan(state(node, ownership), AuditFlags.of(spec), spec.takesOver())) {
            case UnitPlan.Refused refused -> new NodePlan.Blocked(ManifestProblem.summary(refused.problems()));
            case UnitPlan.Written written ->
                files(
                        policy,
                        node,
                        Optional.of(FileChange.write(new FileImage(written.text(), 0, 0, MODE))),
                        written.isCommandChanged() ? written.changes() : List.of(),
                        originals(written, node, ownership));
            case UnitPlan.Unchanged _, UnitPlan.Deleted _ ->
                files(policy, node, Optional.empty(), List.of(), Optional.empty());
        };
    }

    private static UnitState state(NodeSnapshot node, Ownership ownership) {
        var state = node.unit().orElseThrow();
        return ownership.written().stream()
                .findFirst()
                .map(written -> state.withoutFlagsOfADeletedDropIn(AuditFlags.of(written)))
                .orElse(state);
    }

    private NodePlan planGiveBack(NodeSnapshot node, Ownership ownership) {
        return switch (units.planRemoval(state(node, ownership))) {
            case UnitPlan.Refused refused ->
                new NodePlan.Blocked("this node cannot be given back: " + ManifestProblem.summary(refused.problems()));
            case UnitPlan.Deleted deleted ->
                files(
                        new RestorePlanner(paths, ownership)
                                .originalPolicy(node)
                                .filter(_ -> namesOurPath(deleted.flags())),
                        node,
                        Optional.of(FileChange.delete()),
                        deleted.changes(),
                        Optional.empty());
            case UnitPlan.Unchanged _, UnitPlan.Written _ ->
                files(Optional.empty(), node, Optional.empty(), List.of(), Optional.empty());
        };
    }

    private NodePlan.Files files(
            Optional<FileImage> policy,
            NodeSnapshot node,
            Optional<FileChange> dropIn,
            List<UnitChange> settings,
            Optional<Originals> originals) {
        var changes = new ArrayList<PlannedChange>();
        policy.ifPresent(_ -> changes.add(PlannedChange.ofPolicy(paths.policy(), node)));
        settings.stream().map(PlannedChange::of).forEach(changes::add);
        return new NodePlan.Files(policy, dropIn, !settings.isEmpty(), changes, List.of(), originals);
    }

    /** Ours leaves the unit as it is, so only the policy is lost without them. */
    private static Optional<Originals> originals(UnitPlan.Written written, NodeSnapshot node, Ownership ownership) {
        var replaces = DropIn.read(written.text())
                .marks()
                .filter(dropIn -> !dropIn.replaced().isEmpty())
                .isPresent();
        var unit = node.unit().orElseThrow().files().stream()
                .findFirst()
                .map(UnitFile::text)
                .orElse("");
        return replaces && ownership.originals().isEmpty()
                ? Optional.of(new Originals(
                        new FileImage(unit, 0, 0, MODE),
                        List.of(),
                        node.policy().filter(file -> !ownership.isOurs(file)).orElse(null)))
                : Optional.empty();
    }

    private boolean namesOurPath(Map<String, String> flags) {
        return paths.policy().equals(flags.get("audit-policy-file"));
    }

    @Override
    public Optional<Goal> goal(AuditNodeSpec spec, NodeSnapshot node, Ownership ownership) {
        return switch (plan(spec, node, ownership)) {
            case NodePlan.Files files
            when spec.restores() -> Optional.of(goalOfGivingBack(spec, node, files, ownership));
            case NodePlan.Files _ -> Optional.of(Goal.of(spec));
            case NodePlan.Kept _, NodePlan.Blocked _ -> Optional.empty();
        };
    }

    private Goal goalOfGivingBack(AuditNodeSpec spec, NodeSnapshot node, NodePlan.Files files, Ownership ownership) {
        var flags = units.flagsWithoutDropIn(state(node, ownership));
        var policy = files.policy().or(node::policy).map(FileImage::text).filter(_ -> namesOurPath(flags));
        return new Goal(spec, policy, flags);
    }

    @Override
    public boolean isUntouched(NodeSnapshot node, Ownership ownership) {
        return ownership.written().isEmpty() && ownership.originals().isEmpty() && !isOurs(node.configuration());
    }

    private static boolean isOurs(Optional<FileImage> file) {
        return file.map(image -> DropIn.read(image.text()))
                .filter(text -> !(text instanceof DropInText.Foreign))
                .isPresent();
    }

    @Override
    public List<String> keptEdits(FileImages images, Ownership ownership) {
        return Stream.ofNullable(images.policyBefore())
                .flatMap(policy -> new RestorePlanner(paths, ownership).keptPolicy(Optional.of(policy)).stream())
                .toList();
    }

    /** A drop-in says that changes of it are undone. */
    @Override
    public Optional<FileImage> revert(
            Optional<FileImage> current, FileImages images, Optional<AuditNodeSpec> lastVerified, boolean hasReturned) {
        return current.isEmpty() || isOurs(current) ? images.before() : current;
    }

    @Override
    public Removal removal(NodeSnapshot node, Ownership ownership) {
        return new Removal(
                node.configuration().filter(file -> !isOurs(Optional.of(file))),
                Optional.of(units.flagsWithoutDropIn(state(node, ownership))));
    }

    @Override
    public boolean needsPolicy(NodeSnapshot node) {
        return isOurs(node.configuration())
                || namesOurPath(units.flagsWithoutDropIn(node.unit().orElseThrow()));
    }
}
