package dev.auditpolicy.policy.temporary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.AuditPolicySpec;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus.State;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.Quoted;
import dev.auditpolicy.policy.RuleOrigins;
import dev.auditpolicy.policy.tree.JsonTree;
import dev.auditpolicy.policy.tree.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The policy of an AuditPolicy: its temporary rules that have not ended, and then its other rules. */
public final class TimedPolicy {

    private final Tree policy;
    private final List<TemporaryEntry> entries;

    private TimedPolicy(Tree policy, List<TemporaryEntry> entries) {
        this.policy = policy;
        this.entries = entries;
    }

    /** What applies at a time, with the origins of its rules. */
    public record Combined(Tree policy, RuleOrigins origins) {}

    /** Reads the {@code spec} of an AuditPolicy. What is not as the API server would accept it counts as absent. */
    public static TimedPolicy of(Tree spec) {
        var items =
                spec.field("temporaryRules").orElse(null) instanceof Tree.Items list ? list.items() : List.<Tree>of();
        return new TimedPolicy(
                spec.field("policy").orElseGet(() -> new Tree.Null(spec.position())),
                IntStream.range(0, items.size())
                        .mapToObj(index -> TemporaryEntry.of(index, items.get(index)))
                        .toList());
    }

    /** Reads the {@code spec} of an AuditPolicy as the API server returns it. */
    public static TimedPolicy of(AuditPolicySpec spec) {
        var mapper = new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
        var tree = mapper.createObjectNode();
        tree.set("policy", spec.policy());
        tree.set("temporaryRules", mapper.valueToTree(spec.temporaryRules()));
        return of(JsonTree.of(tree));
    }

    /** The policy with the rules of all entries that have not ended. */
    public Combined at(Instant now) {
        return with(entries.stream().filter(entry -> !entry.hasEnded(now)).toList());
    }

    /** The policies of earlier times: first the present one with the entry that ended last, then also with the one before. */
    public Stream<Combined> before(Instant now) {
        var ended = entries.stream()
                .filter(entry -> entry.hasEnded(now))
                .sorted(Comparator.comparing(
                                (TemporaryEntry entry) -> entry.end().orElseThrow())
                        .reversed())
                .toList();
        return IntStream.rangeClosed(1, ended.size()).mapToObj(count -> {
            Set<TemporaryEntry> gone = new HashSet<>(ended.subList(count, ended.size()));
            return with(entries.stream().filter(entry -> !gone.contains(entry)).toList());
        });
    }

    private Combined with(List<TemporaryEntry> applied) {
        var rules = applied.stream().flatMap(entry -> entry.rules().stream()).toList();
        return rules.isEmpty() || !(policy instanceof Tree.Fields fields)
                ? new Combined(policy, RuleOrigins.NONE)
                : new Combined(
                        withFirst(fields, rules),
                        new RuleOrigins(
                                applied.stream().flatMap(TimedPolicy::paths).toList()));
    }

    private static Stream<String> paths(TemporaryEntry entry) {
        return IntStream.range(0, entry.rules().size()).mapToObj(rule -> entry.path() + ".rules[" + rule + "]");
    }

    private static Tree withFirst(Tree.Fields policy, List<Tree> rules) {
        var fields = new ArrayList<Tree.Field>();
        for (Tree.Field field : policy.fields()) {
            fields.add(
                    field.name().equals("rules") && field.value() instanceof Tree.Items items
                            ? new Tree.Field(
                                    field.name(),
                                    new Tree.Items(
                                            Stream.concat(rules.stream(), items.items().stream())
                                                    .toList(),
                                            items.position()),
                                    field.position())
                            : field);
        }
        return new Tree.Fields(fields, policy.position());
    }

    /** When the next entry ends, if any does. */
    public Optional<Instant> nextEnd(Instant now) {
        return entries.stream()
                .flatMap(entry -> entry.end().stream())
                .filter(end -> end.isAfter(now))
                .min(Comparator.naturalOrder());
    }

    /** Whether a time, as it is written in an entry, has come. */
    public static boolean hasEnded(String until, Instant now) {
        return TemporaryEntry.end(until).filter(end -> !end.isAfter(now)).isPresent();
    }

    /** What has become of each entry. */
    public List<TemporaryRulesStatus> states(Instant now) {
        return entries.stream()
                .map(entry -> new TemporaryRulesStatus(
                        entry.until(), entry.reason(), entry.hasEnded(now) ? State.ENDED : State.ACTIVE))
                .toList();
    }

    /**
     * The entries that must not be there.
     *
     * @param writtenAt when the spec was written: an entry may have ended since
     * @param known the entries that were accepted before they ended
     */
    public List<PolicyProblem> problems(Instant writtenAt, KnownEntries known) {
        return entries.stream()
                .flatMap(entry -> problem(entry, writtenAt, known).stream())
                .toList();
    }

    private static Optional<PolicyProblem> problem(TemporaryEntry entry, Instant writtenAt, KnownEntries known) {
        var path = "spec." + entry.path() + ".until";
        if (entry.end().isEmpty()) {
            return entry.until().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PolicyProblem(
                            path,
                            Quoted.go(entry.until()),
                            "is not a time as in RFC 3339: " + Quoted.go(entry.until()),
                            "write it like 2026-12-01T12:00:00Z"));
        }
        return !entry.hasEnded(writtenAt) || entry.end().filter(known::contains).isPresent()
                ? Optional.empty()
                : Optional.of(new PolicyProblem(
                        path,
                        Quoted.go(entry.until()),
                        Quoted.go(entry.until()) + " is in the past, so these rules do not apply",
                        "remove the entry, or set a later time"));
    }
}
