package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.replay.traffic.RequestKind;
import dev.auditpolicy.replay.traffic.Traffic;
import java.util.List;
import java.util.stream.Stream;

/** All changes that may be proposed. */
public final class Candidates {

    private Candidates() {}

    /**
     * Those for what a policy records of a log.
     *
     * @param keepsArrivals whether the stage RequestReceived is needed, because a request is refused if it cannot be recorded
     */
    public static List<Candidate> of(Traffic traffic, boolean keepsArrivals) {
        return Stream.<CandidateSource>of(
                        new PolicyFields(keepsArrivals),
                        new HealthChecks(),
                        Routine.LEASES,
                        Routine.EVENTS,
                        Bodies.OF_READS,
                        new Polling(),
                        Bodies.RESPONSES,
                        Bodies.REQUESTS)
                .flatMap(source -> source.candidates(traffic))
                .toList();
    }

    /** Whether a request is one that components send all the time. */
    public static boolean isRoutine(RequestKind kind) {
        return Routine.LEASES.contains(kind) || Routine.EVENTS.contains(kind);
    }
}
