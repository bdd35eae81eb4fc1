package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import java.util.List;
import java.util.Optional;

/** How a node stands to what it is to run. */
final class Assessor {

    private final NodePlanner planner;

    Assessor(NodePlanner planner) {
        this.planner = requireNonNull(planner, "planner is null");
    }

    Assessment assess(AuditNodeSpec spec, Snapshot seen) {
        return switch (planner.plan(spec, seen)) {
            case NodePlan.Refused refused -> new Assessment.Refused(refused.message());
            case NodePlan.Files files when !files.asWanted() -> differs(files.changes(), seen);
            case NodePlan.Files _ -> live(spec, seen);
        };
    }

    private static Assessment differs(List<String> differences, Snapshot seen) {
        return seen.busy()
                .<Assessment>map(reason -> new Assessment.Unproven(List.of(reason)))
                .orElseGet(() -> new Assessment.Differs(differences));
    }

    private Assessment live(AuditNodeSpec spec, Snapshot seen) {
        var verification = Verification.of(Optional.of(spec.policy()), planner.flags(spec), seen);
        if (!verification.process().isEmpty()) {
            return differs(verification.process(), seen);
        }
        return verification.proven()
                ? new Assessment.InEffect(seen.newest().orElseThrow())
                : new Assessment.Unproven(verification.service());
    }
}
