package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.HostPlanner;
import dev.auditpolicy.agent.plan.NodePlan;
import dev.auditpolicy.agent.plan.Ownership;
import dev.auditpolicy.agent.plan.PlannedChange;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.manifest.KubeApiServerManifest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Evaluates a node: files first, then the live process, then its log. */
public final class NodeEvaluator {

    private final HostPlanner planner;
    private final JournalSpaceCheck journalSpace;
    private final Guard guard;
    private final ChangePreflight preflight;
    private final AuditStateVerifier live;
    private final HostCheck host;

    /** @param host why the node must not be changed, whatever its manifest contains */
    public NodeEvaluator(
            HostPlanner planner,
            JournalSpaceCheck journalSpace,
            Guard guard,
            ChangePreflight preflight,
            AuditStateVerifier live,
            HostCheck host) {
        this.planner = planner;
        this.journalSpace = journalSpace;
        this.guard = guard;
        this.preflight = preflight;
        this.live = live;
        this.host = host;
    }

    /** Compares the node with the desired revision, which must be present. */
    public EvaluatedNode evaluate(Revisions revisions, NodeSnapshot node) throws InterruptedException {
        var state = observe(revisions, node);
        var desired = compare(revisions, node, state);
        var manifest = node.manifest()
                .flatMap(image -> KubeApiServerManifest.parse(image.text()).supported());
        var isRegenerated = !(desired instanceof NodeEvaluation.InSync)
                && manifest.filter(parsed -> !parsed.hasOwnershipMarker()
                                && !revisions.ownership().keeps(parsed))
                        .isPresent();
        return new EvaluatedNode(desired, state, isRegenerated, manifest.flatMap(KubeApiServerManifest::reappliedAt));
    }

    /** Only what the live kube-apiserver records, for a node on which nothing may be changed. */
    public AuditState observe(Revisions revisions, NodeSnapshot node) throws InterruptedException {
        return live.verify(revisions, node);
    }

    /** Whether the state will soon be known better, so that the next iteration should follow soon. */
    public boolean isPending() {
        return live.isPending();
    }

    private NodeEvaluation compare(Revisions revisions, NodeSnapshot node, AuditState state)
            throws InterruptedException {
        var spec = revisions.desired().orElseThrow();
        if (isGivenBack(revisions, node)) {
            return new NodeEvaluation.InSync();
        }
        return switch (planner.plan(spec, node, revisions.ownership())) {
            case NodePlan.Blocked blocked -> blocked(blocked, node);
            case NodePlan.Files files
            when !files.areUpToDate() -> checkChange(revisions, describe(files.changes(), revisions), node);
            case NodePlan.Kept kept
            when !kept.isRecorded() -> checkChange(revisions, List.of(NodePlan.Kept.DESCRIPTION), node);
            case NodePlan.Files _, NodePlan.Kept _ -> compareProcess(revisions, node, state);
        };
    }

    /** In an upgrade, kubeadm moves the old manifest away before it moves the new one to its place. */
    private NodeEvaluation blocked(NodePlan.Blocked blocked, NodeSnapshot node) {
        return node.busy()
                .filter(_ -> node.unit().isEmpty() && node.manifest().isEmpty())
                .<NodeEvaluation>map(reason -> new NodeEvaluation.Waiting(reason, List.of(blocked.message())))
                .orElseGet(() -> new NodeEvaluation.Rejected(host.obstacle(node).orElse(blocked.message())));
    }

    /** Whether the node is to be given back, and runs what it had, or was never changed: then its files are its owner's. */
    public boolean isGivenBack(Revisions revisions, NodeSnapshot node) {
        return revisions
                .desired()
                .filter(AuditNodeSpec::restores)
                .filter(spec -> isUnchanged(revisions, node) || isGivenBack(spec, revisions.ownership(), node))
                .isPresent();
    }

    private boolean isUnchanged(Revisions revisions, NodeSnapshot node) {
        return revisions.unfinished().isEmpty() && planner.isUntouched(node, revisions.ownership());
    }

    private boolean isGivenBack(AuditNodeSpec spec, Ownership ownership, NodeSnapshot node) {
        return planner.plan(spec, node, ownership) instanceof NodePlan.Files files
                && files.areUpToDate()
                && planner.goal(spec, node, ownership)
                        .filter(goal -> goal.verify(node).proven() || ownership.keeps(node.manifest()))
                        .isPresent();
    }

    private static List<String> describe(List<PlannedChange> changes, Revisions revisions) {
        return changes.stream()
                .map(change -> revisions.desiredWasVerified() ? change.asDifference() : change.asPlan())
                .toList();
    }

    private NodeEvaluation checkChange(Revisions revisions, List<String> differences, NodeSnapshot node)
            throws InterruptedException {
        var spec = revisions.desired().orElseThrow();
        var obstacle = host.obstacle(node);
        if (obstacle.isPresent()) {
            return new NodeEvaluation.Rejected(obstacle.get());
        }
        var reasonToWait = node.busy().or(() -> journalSpace.problem(spec, node));
        if (reasonToWait.isEmpty()) {
            reasonToWait = guardProblem();
        }
        if (reasonToWait.isPresent()) {
            return new NodeEvaluation.Waiting(reasonToWait.get(), differences);
        }
        var goal = planner.goal(spec, node, revisions.ownership()).orElseThrow();
        return switch (preflight.check(goal, node)) {
            case ChangePreflight.Result.Passed passed ->
                new NodeEvaluation.OutOfSync(append(differences, passed.warnings()));
            case ChangePreflight.Result.Refused(String message) -> new NodeEvaluation.Rejected(message);
        };
    }

    private Optional<String> guardProblem() throws InterruptedException {
        try {
            guard.prepare();
            return Optional.empty();
        } catch (IOException failure) {
            return Optional.of("cannot prepare the guard: " + failure.getMessage());
        }
    }

    private static List<String> append(List<String> differences, List<String> warnings) {
        return Stream.concat(differences.stream(), warnings.stream()).toList();
    }

    private NodeEvaluation compareProcess(Revisions revisions, NodeSnapshot node, AuditState state)
            throws InterruptedException {
        var spec = revisions.desired().orElseThrow();
        if (spec.restores()) {
            return new NodeEvaluation.Unverified(planner.goal(spec, node, revisions.ownership())
                    .map(goal -> goal.verify(node).all())
                    .orElse(List.of()));
        }
        var verification = AuditStateVerifier.verification(revisions, spec, node);
        if (!verification.process().isEmpty()) {
            return checkChange(revisions, verification.process(), node);
        }
        if (node.log() instanceof LogFile.NotWritable) {
            return new NodeEvaluation.Rejected(
                    String.join("; ", verification.log()) + ". Until then kube-apiserver cannot restart");
        }
        return switch (state) {
            case AuditState.Proven _ -> new NodeEvaluation.InSync();
            case AuditState.Lost lost -> new NodeEvaluation.Unverified(lost.reasons());
            case AuditState.Unverified unverified -> new NodeEvaluation.Unverified(unverified.reasons());
            case AuditState.Unmanaged _ -> new NodeEvaluation.Unverified(verification.all());
        };
    }
}
