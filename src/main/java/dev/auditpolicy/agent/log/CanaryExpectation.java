package dev.auditpolicy.agent.log;

import static java.util.Objects.requireNonNull;
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
 * What the log is to have of a request.
 *
 * @param level at which it is recorded
 * @param stages for which it is, empty if it is not
 */
record CanaryExpectation(Level level, Set<Stage> stages) {

    CanaryExpectation {
        requireNonNull(level, "level is null");
        stages = Set.copyOf(stages);
    }

    /** What {@code policy} says of a request that is answered at once: a watch, for one, has a stage more. */
    static CanaryExpectation of(Policy policy, RequestAttributes request) {
        var evaluation = new PolicyEvaluator(policy).evaluate(request);
        var stages = EnumSet.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE);
        stages.removeAll(evaluation.omitStages());
        return evaluation.level() == Level.NONE || stages.isEmpty()
                ? new CanaryExpectation(Level.NONE, Set.of())
                : new CanaryExpectation(evaluation.level(), stages);
    }

    /** How the log compares with it so far. */
    sealed interface Outcome {

        /** It has all of it. */
        record Complete() implements Outcome {}

        /** It has nothing that contradicts, and not all yet. */
        record Incomplete(String missing) implements Outcome {}

        /** It has what it should not. */
        record Contradicted(String reason) implements Outcome {}
    }

    boolean isAbsence() {
        return stages.isEmpty();
    }

    /** @param events of the request that the log has */
    Outcome compare(List<EventHead> events) {
        for (var event : events) {
            if (event.level().filter(level -> level != this.level).isPresent() || !stages.contains(event.stage())) {
                return new Outcome.Contradicted("the log has it at level "
                        + event.level().map(Names::of).orElse("unknown") + ", stage " + Names.of(event.stage())
                        + ", and the policy says " + describe());
            }
        }
        var missing = EnumSet.noneOf(Stage.class);
        missing.addAll(stages);
        missing.removeAll(events.stream().map(EventHead::stage).collect(toSet()));
        return missing.isEmpty()
                ? new Outcome.Complete()
                : new Outcome.Incomplete(
                        "the log does not have it (" + names(missing) + "), and the policy says " + describe());
    }

    private String describe() {
        return isAbsence() ? "not at all" : "level " + Names.of(level) + ", stages " + names(stages);
    }

    private static String names(Set<Stage> stages) {
        return stages.stream().sorted().map(Names::of).collect(joining(", "));
    }
}
