package dev.auditpolicy.replay.tune;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.Traffic;
import dev.auditpolicy.replay.traffic.Volume;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import dev.auditpolicy.replay.tune.candidate.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is recorded with some changes together, as measured. */
record Selection(Traffic traffic, List<Candidate> changes) {

    Selection {
        changes = List.copyOf(changes);
    }

    /** All that is recorded. */
    Volume total() {
        Map<KindVolume, Level> lowered = lowered();
        Volume sum = Volume.NOTHING;
        for (KindVolume kind : traffic.kinds()) {
            sum = sum.plus(of(kind, lowered));
        }
        return sum;
    }

    /** What is recorded of each kind of requests. */
    Map<KindVolume, Volume> byKind() {
        Map<KindVolume, Level> lowered = lowered();
        var volumes = new HashMap<KindVolume, Volume>();
        traffic.kinds().forEach(kind -> volumes.put(kind, of(kind, lowered)));
        return volumes;
    }

    /** The lowest level of all changes decides, because their rules are in this order. */
    private Map<KindVolume, Level> lowered() {
        var levels = new HashMap<KindVolume, Level>();
        changes.stream().filter(Candidate::isRule).forEach(change -> change.kinds()
                .forEach(kind -> levels.merge(
                        kind, change.requiredRule().level(), (one, other) -> one.compareTo(other) <= 0 ? one : other)));
        return levels;
    }

    private Volume of(KindVolume kind, Map<KindVolume, Level> lowered) {
        return of(kind, lowered.getOrDefault(kind, kind.level()));
    }

    /** What is recorded of a kind of requests at a level. */
    Volume of(KindVolume kind, Level level) {
        return kind.at(level, has(Step.ARRIVALS), has(Step.MANAGED_FIELDS));
    }

    private boolean has(Step step) {
        return changes.stream().anyMatch(change -> change.step() == step);
    }
}
