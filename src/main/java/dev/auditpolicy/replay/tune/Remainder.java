package dev.auditpolicy.replay.tune;

import dev.auditpolicy.replay.traffic.Actor;
import dev.auditpolicy.replay.traffic.KindVolume;
import dev.auditpolicy.replay.traffic.Protection;
import dev.auditpolicy.replay.traffic.RequestKind;
import dev.auditpolicy.replay.traffic.Volume;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import dev.auditpolicy.replay.tune.candidate.Candidates;
import dev.auditpolicy.replay.tune.candidate.UnsafeActors;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why what stays in the log stays there. */
final class Remainder {

    private static final Set<String> READS = Set.of("get", "list", "watch");

    private final Selection selection;
    private final List<Proposal.Refused> refused;
    private final Set<Actor> unsafe;
    private final int fixedRules;

    private record Key(String reason, String requests) {}

    Remainder(Selection selection, List<Proposal.Refused> refused, int fixedRules) {
        this.fixedRules = fixedRules;
        this.selection = selection;
        this.refused = List.copyOf(refused);
        unsafe = UnsafeActors.of(selection.traffic());
    }

    List<Proposal.Remaining> rows() {
        Map<KindVolume, Volume> volumes = selection.byKind();
        Map<KindVolume, String> objections = objections(volumes);
        var sums = new HashMap<Key, Volume>();
        volumes.forEach((kind, volume) -> {
            if (volume.events() > 0) {
                sums.merge(
                        new Key(reason(kind, objections.get(kind)), kind.kind().label()), volume, Volume::plus);
            }
        });
        return sums.entrySet().stream()
                .map(entry -> new Proposal.Remaining(
                        entry.getKey().reason(), entry.getKey().requests(), entry.getValue()))
                .sorted(Comparator.<Proposal.Remaining>comparingLong(
                                row -> row.volume().maxBytes())
                        .reversed()
                        .thenComparing(Proposal.Remaining::reason)
                        .thenComparing(Proposal.Remaining::requests))
                .toList();
    }

    /** Why a change that would take more from the log is not allowed. */
    private Map<KindVolume, String> objections(Map<KindVolume, Volume> volumes) {
        var objections = new HashMap<KindVolume, String>();
        for (Proposal.Refused one : refused) {
            Candidate candidate = one.candidate();
            candidate.kinds().stream()
                    .filter(kind -> candidate.isRule()
                            && selection
                                            .of(kind, candidate.requiredRule().level())
                                            .maxBytes()
                                    < volumes.getOrDefault(kind, Volume.NOTHING).maxBytes())
                    .forEach(kind -> objections.putIfAbsent(kind, "kept for " + one.objection()));
        }
        return objections;
    }

    private String reason(KindVolume volume, @Nullable String objection) {
        RequestKind kind = volume.kind();
        if (kind.protection() != Protection.NONE) {
            return kind.protection().what();
        }
        if (kind.rule() < fixedRules) {
            return "recorded by temporary rules";
        }
        if (objection != null) {
            return objection;
        }
        return switch (kind.actor().kind()) {
            case PERSON -> "requests of people";
            case ANONYMOUS, NOBODY -> "requests without a user";
            case NODES, CONTROL_PLANE, SERVICE_ACCOUNT -> ofMachine(volume);
        };
    }

    private String ofMachine(KindVolume volume) {
        RequestKind kind = volume.kind();
        if (!READS.contains(kind.verb()) && !Candidates.isRoutine(kind)) {
            return "changes by programs";
        }
        if (volume.isRefused()) {
            return "some were refused (401, 403)";
        }
        return unsafe.contains(kind.actor())
                ? "programs that act as other users"
                : "routine of programs, each too little for a rule";
    }
}
