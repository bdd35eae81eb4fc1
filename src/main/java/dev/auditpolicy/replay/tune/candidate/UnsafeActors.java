package dev.auditpolicy.replay.tune.candidate;

import dev.auditpolicy.replay.traffic.Actor;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.Traffic;
import java.util.Set;
import java.util.stream.Collectors;

/** Callers that act as other users. A rule matches the caller, so it would also hide what the other user did. */
public final class UnsafeActors {

    private UnsafeActors() {}

    /** Those of a log. */
    public static Set<Actor> of(Traffic traffic) {
        return traffic.kinds().stream()
                .filter(KindVolume::isImpersonated)
                .map(kind -> kind.kind().actor())
                .collect(Collectors.toSet());
    }
}
