package dev.auditpolicy.replay.tune;

import dev.auditpolicy.replay.traffic.Traffic;
import dev.auditpolicy.replay.traffic.Volume;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a policy would keep a budget.
 *
 * @param traffic what was measured
 * @param tuned the changed policy
 * @param changes in the order in which they were found
 * @param refused changes that a benchmark does not allow
 * @param needless the indexes of rules that decide nothing any more
 * @param remaining what stays in the log, the largest first
 * @param now what the policy records
 * @param then what the changed policy would record
 * @param allowed at most so many bytes in the time of the log
 */
public record Proposal(
        Traffic traffic,
        TunedPolicy tuned,
        List<Change> changes,
        List<Refused> refused,
        List<Integer> needless,
        List<Remaining> remaining,
        Volume now,
        Volume then,
        long allowed) {

    /** A change and what it saves beyond those before it. */
    public record Change(Candidate candidate, Volume saving) {}

    /** A change that is not proposed, what it would save alone, and why. */
    public record Refused(Candidate candidate, Volume saving, String objection) {}

    /**
     * What stays in the log.
     *
     * @param reason why, as the end of a sentence
     * @param requests verb and resource
     */
    public record Remaining(String reason, String requests, Volume volume) {}

    public Proposal {
        changes = List.copyOf(changes);
        refused = List.copyOf(refused);
        needless = List.copyOf(needless);
        remaining = List.copyOf(remaining);
    }

    /** The reasons with all that remains for each, the largest first. */
    public List<Map.Entry<String, Volume>> reasons() {
        Map<String, Volume> sums = remaining.stream()
                .collect(Collectors.toMap(Remaining::reason, Remaining::volume, Volume::plus, TreeMap::new));
        return sums.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingLong(Volume::maxBytes).reversed()))
                .toList();
    }

    /** Whether the log already keeps the budget. */
    public boolean isNeedless() {
        return now.maxBytes() <= allowed;
    }

    /** Whether the changed policy keeps the budget. */
    public boolean isReached() {
        return then.maxBytes() <= allowed;
    }
}
