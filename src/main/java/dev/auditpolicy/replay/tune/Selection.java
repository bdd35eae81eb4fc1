package dev.auditpolicy.replay.tune;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.Traffic;
import dev.auditpolicy.replay.traffic.Volume;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import dev.auditpolicy.replay.tune.candidate.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is recorded with some changes together, as measured. */
final class Selection {

    private final Traffic traffic;
    private final List<Candidate> changes;

    /** The lowest level of all changes decides, because their rules are in this order. */
    private final Map<KindVolume, Level> lowered = new HashMap<>();

    private final boolean withoutArrivals;
    private final boolean withoutManagedFields;

    Selection(Traffic traffic, List<Candidate> changes) {
        this.traffic = traffic;
        this.changes = List.copyOf(changes);
        withoutArrivals = has(Step.ARRIVALS);
        withoutManagedFields = has(Step.MANAGED_FIELDS);
        for (Candidate change : this.changes) {
            if (change.isRule()) {
                Level level = change.requiredRule().level();
                change.kinds().forEach(kind -> lowered.merge(kind, level, Selection::lower));
            }
        }
    }

    private static Level lower(Level one, Level other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private boolean has(Step step) {
        return changes.stream().anyMatch(change -> change.step() == step);
    }

    Traffic traffic() {
        return traffic;
    }

    /** All that is recorded. */
    Volume total() {
        Volume sum = Volume.NOTHING;
        for (KindVolume kind : traffic.kinds()) {
            sum = sum.plus(of(kind, level(kind)));
        }
        return sum;
    }

    /** What is recorded of each kind of requests. */
    Map<KindVolume, Volume> byKind() {
        var volumes = new HashMap<KindVolume, Volume>();
        traffic.kinds().forEach(kind -> volumes.put(kind, of(kind, level(kind))));
        return volumes;
    }

    /** What a change saves beyond these. */
    Volume saving(Candidate candidate) {
        if (!candidate.isRule()) {
            var more = new ArrayList<>(changes);
            more.add(candidate);
            return total().minus(new Selection(traffic, more).total());
        }
        Level level = candidate.requiredRule().level();
        Volume sum = Volume.NOTHING;
        for (KindVolume kind : candidate.kinds()) {
            Level before = level(kind);
            if (level.compareTo(before) < 0) {
                sum = sum.plus(of(kind, before)).minus(of(kind, level));
            }
        }
        return sum;
    }

    /** What is recorded of a kind of requests at a level. */
    Volume of(KindVolume kind, Level level) {
        return kind.at(level, withoutArrivals, withoutManagedFields);
    }

    private Level level(KindVolume kind) {
        return lowered.getOrDefault(kind, kind.level());
    }
}
