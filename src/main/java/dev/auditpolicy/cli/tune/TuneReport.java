package dev.auditpolicy.cli.tune;

import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.tune.Budget;
import dev.auditpolicy.replay.tune.Proposal;
import dev.auditpolicy.replay.tune.TuneCheck;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A proposal and its check.
 *
 * @param policy the name of the policy
 * @param kept the benchmarks
 * @param ruleNames the names of the policy's rules for people, such as {@code rules[3] Metadata (line 12)}
 * @param check the replay under the changed policy
 */
public record TuneReport(
        String policy,
        Budget budget,
        Collection<Profile> kept,
        IntFunction<String> ruleNames,
        Proposal proposal,
        TuneCheck check) {

    /** A log of a shorter time says little about a day. */
    public static final long SHORT = 3_600;

    private static final double TOLERANCE = 0.05;

    public TuneReport {
        kept = List.copyOf(kept);
    }

    /** Such as {@code cis,pci}. */
    String keptNames() {
        return kept.stream()
                .map(profile -> profile.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** What so many bytes of the log are for a day. */
    long perDay(long bytes) {
        return Math.round((double) bytes * Budget.DAY / proposal.traffic().seconds());
    }

    /** Bytes that the changes save, as measured before. */
    long predicted() {
        return proposal.now().maxBytes() - proposal.then().maxBytes();
    }

    /** Bytes that they save when the log is replayed. */
    long replayed() {
        Amount now = check.result().all().now();
        Amount then = check.result().all().then();
        return now.maxBytes() - then.maxBytes();
    }

    /** By which part the two differ. */
    double difference() {
        return predicted() == replayed()
                ? 0
                : Math.abs((double) predicted() - replayed()) / Math.max(Math.abs(predicted()), Math.abs(replayed()));
    }

    /** Whether the replay gives what was predicted, and nothing is lost that must stay. */
    public boolean isConfirmed() {
        return difference() <= TOLERANCE && check.lost() == 0;
    }

    /** Whether the log keeps the budget, with the changes if there are some. */
    public boolean isKept() {
        return isConfirmed() && proposal.isReached();
    }
}
