package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.plan.NodePlan;
import dev.auditpolicy.agent.plan.NodePlanner;
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

    private final NodePlanner planner;
    private final JournalSpaceCheck journalSpace;
    private final Guard guard;
    private final ChangePreflight preflight;
    private final AuditStateVerifier live;

    public NodeEvaluator(
            NodePlanner planner,
            JournalSpaceCheck journalSpace,
            Guard guard,
            ChangePreflight preflight,
            AuditStateVerifier live) {
        this.planner = planner;
        this.journalSpace = journalSpace;
        this.guard = guard;
        this.preflight = preflight;
        this.live = live;
    }

    public EvaluatedNode evaluate(Revisions revisions, NodeSnapshot node) throws InterruptedException {
        var state = observe(revisions, node);
        var desired = compare(revisions, node, state);
        return new EvaluatedNode(desired, state, !(desired instanceof NodeEvaluation.InSync) && isRegenerated(node));
    }

    private static boolean isRegenerated(NodeSnapshot node) {
        return node.manifest()
                .map(image -> switch (KubeApiServerManifest.parse(image.text())) {
                    case KubeApiServerManifest.Parsed(KubeApiServerManifest manifest) -> !manifest.hasOwnershipMarker();
                    case KubeApiServerManifest.UnsupportedManifest _ -> false;
                })
                .orElse(false);
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
        var spec = revisions.desired();
        return switch (planner.plan(spec, node)) {
            case NodePlan.Blocked blocked -> new NodeEvaluation.Rejected(blocked.message());
            case NodePlan.Files files
            when !files.areUpToDate() -> checkChange(spec, describe(files.changes(), revisions), node);
            case NodePlan.Files _ -> compareProcess(spec, node, state);
        };
    }

    private static List<String> describe(List<PlannedChange> changes, Revisions revisions) {
        return changes.stream()
                .map(change -> revisions.desiredWasVerified() ? change.asDifference() : change.asPlan())
                .toList();
    }

    private NodeEvaluation checkChange(AuditNodeSpec spec, List<String> differences, NodeSnapshot node)
            throws InterruptedException {
        var reasonToWait = node.busy().or(() -> journalSpace.problem(spec, node));
        if (reasonToWait.isEmpty()) {
            reasonToWait = guardProblem();
        }
        if (reasonToWait.isPresent()) {
            return new NodeEvaluation.Waiting(reasonToWait.get(), differences);
        }
        return switch (preflight.check(spec, node)) {
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

    private NodeEvaluation compareProcess(AuditNodeSpec spec, NodeSnapshot node, AuditState state)
            throws InterruptedException {
        var verification = AuditStateVerifier.verification(spec, node);
        if (!verification.process().isEmpty()) {
            return checkChange(spec, verification.process(), node);
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
