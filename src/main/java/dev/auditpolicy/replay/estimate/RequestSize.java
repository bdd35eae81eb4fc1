package dev.auditpolicy.replay.estimate;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.replay.size.BodySize;
import dev.auditpolicy.replay.size.MetadataSize;
import java.util.ArrayList;
import java.util.List;

/** What a policy records of one request, of which not all attributes are known. */
record RequestSize(Range events, Range bytes) {

    static RequestSize of(Policy policy, CountedRequests requests) {
        return evaluations(policy, requests).stream()
                .flatMap(
                        evaluation -> requests.verbs().stream().map(verb -> of(evaluation, attributes(requests, verb))))
                .reduce((one, other) -> new RequestSize(one.events.or(other.events), one.bytes.or(other.bytes)))
                .orElseThrow();
    }

    /** Those of each rule that may decide. */
    private static List<Evaluation> evaluations(Policy policy, CountedRequests requests) {
        return deciding(policy, requests).stream()
                .map(rule -> rule < 0 ? Evaluation.byNoRule(policy) : Evaluation.byRule(policy, rule))
                .toList();
    }

    /** The rules that may decide. */
    static List<PolicyRule> decidingRules(Policy policy, CountedRequests requests) {
        return deciding(policy, requests).stream()
                .filter(rule -> rule >= 0)
                .map(policy.rules()::get)
                .toList();
    }

    /** Their indexes; the last one is -1 if no rule may match. */
    private static List<Integer> deciding(Policy policy, CountedRequests requests) {
        var deciding = new ArrayList<Integer>();
        for (int rule = 0; rule < policy.rules().size(); rule++) {
            Match match = new PossibleMatch(policy.rules().get(rule), requests).match();
            if (match != Match.NO) {
                deciding.add(rule);
            }
            if (match == Match.YES) {
                return deciding;
            }
        }
        deciding.add(-1);
        return deciding;
    }

    private static RequestAttributes attributes(CountedRequests requests, String verb) {
        return new RequestAttributes(
                null,
                List.of(),
                verb,
                "",
                requests.group(),
                "",
                requests.resource(),
                requests.subresource(),
                "",
                requests.path(),
                requests.isResourceRequest());
    }

    private static RequestSize of(Evaluation evaluation, RequestAttributes request) {
        if (evaluation.level() == Level.NONE) {
            return new RequestSize(Range.NOTHING, Range.NOTHING);
        }
        long events = 0;
        Range bytes = Range.NOTHING;
        if (!evaluation.omitStages().contains(Stage.REQUEST_RECEIVED)) {
            events++;
            bytes = bytes.plus(new Range(MetadataSize.MIN_RECEIVED, MetadataSize.MAX_RECEIVED));
        }
        if (request.isLongRunning() && !evaluation.omitStages().contains(Stage.RESPONSE_STARTED)) {
            events++;
            bytes = bytes.plus(new Range(MetadataSize.MIN_COMPLETE, MetadataSize.MAX_COMPLETE));
        }
        if (!evaluation.omitStages().contains(Stage.RESPONSE_COMPLETE)) {
            events++;
            bytes = bytes.plus(new Range(MetadataSize.MIN_COMPLETE, MetadataSize.MAX_COMPLETE))
                    .plus(bodies(evaluation, request));
        }
        return new RequestSize(new Range(events, events), bytes);
    }

    private static Range bodies(Evaluation evaluation, RequestAttributes request) {
        Range bodies = Range.NOTHING;
        if (evaluation.level().compareTo(Level.REQUEST) >= 0) {
            BodySize body = BodySize.ofRequest(request);
            bodies = bodies.plus(new Range(body.min(), body.max()));
        }
        if (evaluation.level() == Level.REQUEST_RESPONSE) {
            BodySize body = BodySize.ofResponse(request, evaluation.omitManagedFields());
            bodies = bodies.plus(new Range(body.min(), body.max()));
        }
        return bodies;
    }
}
