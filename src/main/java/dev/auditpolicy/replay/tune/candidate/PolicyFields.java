package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.replay.traffic.Traffic;
import java.util.HashSet;
import java.util.stream.Stream;

/**
 * Fields of the policy that apply to all rules.
 *
 * @param keepsArrivals whether the stage RequestReceived is needed, because a request is refused if it cannot be recorded
 */
record PolicyFields(boolean keepsArrivals) implements CandidateSource {

    @Override
    public Stream<Candidate> candidates(Traffic traffic) {
        Stream.Builder<Candidate> found = Stream.builder();
        if (!keepsArrivals && !traffic.policy().omitStages().contains(Stage.REQUEST_RECEIVED)) {
            found.add(field(Step.ARRIVALS, "the stage RequestReceived", traffic));
        }
        if (!Boolean.TRUE.equals(traffic.policy().omitManagedFields())) {
            found.add(field(Step.MANAGED_FIELDS, "managedFields in bodies", traffic));
        }
        return found.build();
    }

    private static Candidate field(Step step, String what, Traffic traffic) {
        return new Candidate(step, what, -1, null, new HashSet<>(traffic.kinds()));
    }
}
