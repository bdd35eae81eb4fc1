package dev.auditpolicy.agent.evaluate;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.agent.node.Verification;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.Preflight.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a node stands to what it is to run. */
public final class NodeEvaluator {

    private final NodePlanner planner;
    private final JournalSpaceCheck room;
    private final RememberedPreflight preflight;
    private final LogPreflight site;
    private final LogVerifier log;

    public NodeEvaluator(
            NodePlanner planner,
            JournalSpaceCheck room,
            RememberedPreflight preflight,
            LogPreflight site,
            LogVerifier log) {
        this.planner = requireNonNull(planner, "planner is null");
        this.room = requireNonNull(room, "room is null");
        this.preflight = requireNonNull(preflight, "preflight is null");
        this.site = requireNonNull(site, "site is null");
        this.log = requireNonNull(log, "log is null");
    }

    public NodeEvaluation assess(AuditNodeSpec spec, NodeSnapshot seen) throws InterruptedException {
        log.look(seen);
        return switch (planner.plan(spec, seen)) {
            case NodePlan.Refused refused -> new NodeEvaluation.Refused(refused.message());
            case NodePlan.Files files when !files.asWanted() -> differs(spec, files.changes(), seen);
            case NodePlan.Files _ -> live(spec, seen);
        };
    }

    private NodeEvaluation differs(AuditNodeSpec spec, List<String> differences, NodeSnapshot seen)
            throws InterruptedException {
        var trouble = seen.busy().or(() -> room.trouble(spec));
        if (trouble.isPresent()) {
            return new NodeEvaluation.Waits(trouble.get(), differences);
        }
        var place = site.check(spec.log());
        if (place.refusal().isPresent()) {
            return new NodeEvaluation.Refused(place.refusal().get());
        }
        var told = append(differences, place.notes());
        return switch (preflight.check(spec, planner.flags(spec), seen.newest())) {
            case Verdict.Loads _ -> new NodeEvaluation.Differs(told);
            case Verdict.Refuses(String words) ->
                new NodeEvaluation.Refused("this node's kube-apiserver does not start with it: " + words);
            case Verdict.NotPossible(String reason) ->
                new NodeEvaluation.Differs(
                        append(told, List.of("this node's kube-apiserver could not be asked beforehand: " + reason)));
        };
    }

    private static List<String> append(List<String> differences, List<String> notes) {
        return Stream.concat(differences.stream(), notes.stream()).toList();
    }

    private NodeEvaluation live(AuditNodeSpec spec, NodeSnapshot seen) throws InterruptedException {
        var verification = Verification.of(Optional.of(spec.policy()), planner.flags(spec), seen);
        if (!verification.process().isEmpty()) {
            return differs(spec, verification.process(), seen);
        }
        if (seen.log() instanceof LogFile.ReadOnly) {
            return new NodeEvaluation.Refused(String.join("; ", verification.service())
                    + ". Events are lost, and kube-apiserver would not start again: mount it writable");
        }
        return verification.proven()
                ? log.assess(spec, seen.newest().orElseThrow())
                : new NodeEvaluation.Unproven(verification.service());
    }
}
