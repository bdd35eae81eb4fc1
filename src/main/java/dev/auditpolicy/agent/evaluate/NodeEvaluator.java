package dev.auditpolicy.agent.evaluate;

import dev.auditpolicy.agent.node.Guard;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.Preflight.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Evaluates a node: files first, then the live process, then its log. */
public final class NodeEvaluator {

    private final NodePlanner planner;
    private final JournalSpaceCheck journalSpace;
    private final Guard guard;
    private final RememberedPreflight preflight;
    private final LogPreflight logPreflight;
    private final LogVerifier logVerifier;

    public NodeEvaluator(
            NodePlanner planner,
            JournalSpaceCheck journalSpace,
            Guard guard,
            RememberedPreflight preflight,
            LogPreflight logPreflight,
            LogVerifier logVerifier) {
        this.planner = planner;
        this.journalSpace = journalSpace;
        this.guard = guard;
        this.preflight = preflight;
        this.logPreflight = logPreflight;
        this.logVerifier = logVerifier;
    }

    public NodeEvaluation evaluate(AuditNodeSpec spec, NodeSnapshot node) throws InterruptedException {
        logVerifier.measure(node);
        return switch (planner.plan(spec, node)) {
            case NodePlan.Blocked blocked -> new NodeEvaluation.Rejected(blocked.message());
            case NodePlan.Files files when !files.areUpToDate() -> checkChange(spec, files.changes(), node);
            case NodePlan.Files _ -> verifyProcess(spec, node);
        };
    }

    private NodeEvaluation checkChange(AuditNodeSpec spec, List<String> differences, NodeSnapshot node)
            throws InterruptedException {
        var reasonToWait = node.busy().or(() -> journalSpace.problem(spec));
        if (reasonToWait.isEmpty()) {
            reasonToWait = guardProblem();
        }
        if (reasonToWait.isPresent()) {
            return new NodeEvaluation.Waiting(reasonToWait.get(), differences);
        }
        var log = logPreflight.check(spec.log());
        if (log.problem().isPresent()) {
            return new NodeEvaluation.Rejected(log.problem().get());
        }
        var reported = append(differences, log.warnings());
        return switch (preflight.check(spec, planner.flags(spec), node.newest())) {
            case Verdict.Loads _ -> new NodeEvaluation.OutOfSync(reported);
            case Verdict.Refuses(String message) ->
                new NodeEvaluation.Rejected(
                        "this node's kube-apiserver rejects the policy or its settings: " + message);
            case Verdict.NotPossible(String reason) ->
                new NodeEvaluation.OutOfSync(append(
                        reported,
                        List.of("this node's kube-apiserver could not check the policy in advance: " + reason)));
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

    private NodeEvaluation verifyProcess(AuditNodeSpec spec, NodeSnapshot node) throws InterruptedException {
        var verification = Verification.of(Optional.of(spec.policy()), planner.flags(spec), node);
        if (!verification.process().isEmpty()) {
            return checkChange(spec, verification.process(), node);
        }
        if (node.log() instanceof LogFile.ReadOnly) {
            return new NodeEvaluation.Rejected(String.join("; ", verification.service())
                    + ". Events are lost, and kube-apiserver cannot restart: remount it read-write");
        }
        return verification.proven()
                ? logVerifier.verify(spec, node.newest().orElseThrow())
                : new NodeEvaluation.Unverified(verification.service());
    }
}
