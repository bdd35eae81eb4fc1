package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.compiled.CompiledPolicy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.replay.request.LoggedRequest;
import dev.auditpolicy.replay.request.PairCache;
import dev.auditpolicy.replay.request.Subject;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates policies, and remembers recent decisions. Not for several threads at once. */
final class Decisions {

    private final @Nullable CompiledPolicy older;
    private final CompiledPolicy newer;
    private final Breakdown breakdown;
    private final PairCache<Decision> recent = new PairCache<>(this::decide);

    Decisions(@Nullable Policy older, Policy newer, Breakdown breakdown) {
        this.older = older == null ? null : new CompiledPolicy(older);
        this.newer = new CompiledPolicy(newer);
        this.breakdown = breakdown;
    }

    Decision about(Subject subject, LoggedRequest request) {
        return recent.get(subject, request);
    }

    private Decision decide(Subject subject, LoggedRequest request) {
        RequestAttributes attributes = request.by(subject);
        Evaluation evaluation = newer.evaluate(attributes);
        return Decision.of(
                older == null ? null : older.evaluate(attributes),
                evaluation,
                List.of(
                        breakdown.totals(Dimension.RULE, RuleLabel.of(evaluation)),
                        breakdown.totals(Dimension.VERB, attributes.verb()),
                        breakdown.totals(Dimension.RESOURCE, request.resource()),
                        breakdown.totals(Dimension.USER, subject.label()),
                        breakdown.totals(Dimension.NAMESPACE, request.namespace())),
                breakdown.totals(Dimension.REQUEST, RequestLabel.of(attributes.verb(), request.resource())));
    }
}
