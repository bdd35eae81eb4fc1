package dev.auditpolicy.replay.tune;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.Linter;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses changes by which a policy would satisfy less of what benchmarks ask, or hide more than lint accepts. */
final class KeptProfiles {

    private static final Pattern RULE = Pattern.compile("^rules\\[(\\d+)]");

    /** What no request is recorded for, or which secrets are. */
    private static final Pattern SECURITY = Pattern.compile("AP[23]\\d\\d");

    private final Set<Profile> profiles;
    private final LintContext context;
    private final Policy original;
    private final Set<Place> known;

    private record Place(String code, String path) {}

    KeptProfiles(Policy original, KubernetesVersion version, Set<Profile> profiles) {
        this.profiles = Set.copyOf(profiles);
        this.original = original;
        context = LintContext.of(version).withProfiles(profiles);
        known = findings(original).stream()
                .map(finding -> new Place(finding.code().id(), finding.path()))
                .collect(Collectors.toSet());
    }

    /** Why these changes are not allowed; empty if they are. */
    Optional<String> objection(List<Candidate> changes) {
        if (profiles.contains(Profile.STIG) && changes.stream().anyMatch(Candidate::isRule)) {
            return Optional.of("STIG V-242403 asks for all requests with their bodies");
        }
        TunedPolicy tuned = TunedPolicy.of(original, changes);
        return findings(tuned.policy()).stream()
                .filter(finding -> !known.contains(new Place(finding.code().id(), path(finding, tuned))))
                .findFirst()
                .map(KeptProfiles::text);
    }

    /** The indexes of rules that decide no request any more: other rules do before them. */
    List<Integer> needless(List<Candidate> changes) {
        TunedPolicy tuned = TunedPolicy.of(original, changes);
        Set<String> before = unreachable(original).collect(Collectors.toSet());
        return unreachable(tuned.policy())
                .map(path -> tuned.rules().get(index(path)).origin())
                .filter(origin -> origin != TunedPolicy.PROPOSED && !before.contains("rules[" + origin + "]"))
                .sorted()
                .toList();
    }

    private Stream<String> unreachable(Policy policy) {
        return Linter.lint(policy, null, context).stream()
                .filter(finding ->
                        finding.code() == FindingCode.UNREACHABLE_RULE || finding.code() == FindingCode.REDUNDANT_RULE)
                .map(LintFinding::path);
    }

    private static int index(String path) {
        Matcher rule = RULE.matcher(path);
        if (!rule.find()) {
            throw new IllegalStateException(path + " is no rule");
        }
        return Integer.parseInt(rule.group(1));
    }

    private List<LintFinding> findings(Policy policy) {
        return Linter.lint(policy, null, context).stream()
                .filter(finding -> !finding.benchmarks().isEmpty()
                        || (finding.severity() != Severity.INFO
                                && SECURITY.matcher(finding.code().id()).matches()))
                .toList();
    }

    /** In the original policy. */
    private static String path(LintFinding finding, TunedPolicy tuned) {
        Matcher rule = RULE.matcher(finding.path());
        return rule.find()
                ? "rules[" + tuned.rules().get(Integer.parseInt(rule.group(1))).origin() + "]"
                        + finding.path().substring(rule.end())
                : finding.path();
    }

    private static String text(LintFinding finding) {
        return finding.benchmarks().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(", ", "", " "))
                        .stripLeading()
                + "(" + finding.code().id() + " " + finding.code().slug() + ")";
    }
}
