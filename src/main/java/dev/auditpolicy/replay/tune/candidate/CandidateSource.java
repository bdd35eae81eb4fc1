package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.replay.traffic.Traffic;
import java.util.stream.Stream;

/** Finds changes of one sort. */
interface CandidateSource {

    /** Changes that take nothing from the log that must stay there. */
    Stream<Candidate> candidates(Traffic traffic);
}
