package dev.auditpolicy.agent.log;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.host.log.EventHead;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.evaluate.PolicyEvaluator;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the audit log must contain about a request.
 *
 * @param level at which the policy records the request
 * @param stages for which the policy records the request; empty if it does not
 */
public record CanaryExpectation(Level level, Set<Stage> stages) {

    public CanaryExpectation {
        stages = Set.copyOf(stages);
    }

    /** What {@code policy} records of a short request. A long-running one, such as a watch, has one more stage. */
    static CanaryExpectation of(Policy policy, RequestAttributes request) {
        var evaluation = new PolicyEvaluator(policy).evaluate(request);
        var stages = EnumSet.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE);
        stages.removeAll(evaluation.omitStages());
        return evaluation.level() == Level.NONE || stages.isEmpty()
                ? new CanaryExpectation(Level.NONE, Set.of())
                : new CanaryExpectation(evaluation.level(), stages);
    }

    /** How the log compares with the expectation so far. */
    sealed interface Outcome {

        /** The log contains all expected events. */
        record Complete() implements Outcome {}

        /** The log contains some of the expected events, and no others. */
        record Incomplete(String missing) implements Outcome {}

        /** The log contains an event that the policy does not record. */
        record Contradicted(String reason) implements Outcome {}
    }

    /** Whether the policy records nothing of the request. */
    public boolean isAbsence() {
        return stages.isEmpty();
    }

    /** @param events of the request in the log */
    Outcome compare(List<EventHead> events) {
        for (var event : events) {
            if (event.level().filter(level -> level != this.level).isPresent() || !stages.contains(event.stage())) {
                return new Outcome.Contradicted("the log contains it at level "
                        + event.level().map(Names::of).orElse("unknown") + ", stage " + Names.of(event.stage())
                        + ", but the policy requires " + describe());
            }
        }
        var missing = EnumSet.noneOf(Stage.class);
        missing.addAll(stages);
        missing.removeAll(events.stream().map(EventHead::stage).collect(toSet()));
        return missing.isEmpty()
                ? new Outcome.Complete()
                : new Outcome.Incomplete(
                        "the log does not contain it (" + names(missing) + "), but the policy requires " + describe());
    }

    private String describe() {
        return isAbsence() ? "no event" : "level " + Names.of(level) + ", stages " + names(stages);
    }

    private static String names(Set<Stage> stages) {
        return stages.stream().sorted().map(Names::of).collect(joining(", "));
    }
}
