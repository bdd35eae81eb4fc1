package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Access that is recorded with one verb but not with another that does the same. Sessions in pods: an old client opens them
 * with SPDY (a POST, so create), kubectl 1.31 and later with a WebSocket (a GET, so get). Secrets: list and watch return
 * the contents as get does.
 *
 * @param resources in the core group
 * @param gaps the verbs that do the same
 */
public record VerbGaps(FindingCode code, List<String> resources, List<Gap> gaps) implements PolicyCheck {

    /**
     * Verbs that do the same.
     *
     * @param why who uses the missed verbs
     */
    public record Gap(String recorded, List<String> missed, String why) {}

    public static final VerbGaps SESSIONS = new VerbGaps(
            FindingCode.WEB_SOCKETS,
            List.of("pods/exec", "pods/attach", "pods/portforward"),
            List.of(
                    new Gap("create", List.of("get"), "kubectl 1.31 and later use get (WebSocket)"),
                    new Gap("get", List.of("create"), "older clients use create (SPDY)")));

    public static final VerbGaps SECRETS = new VerbGaps(
            FindingCode.SECRET_READS,
            List.of("secrets"),
            List.of(new Gap("get", List.of("list", "watch"), "they return the contents of all Secrets")));

    /** The rule that keeps the requests from being recorded; none if no rule matches them. */
    private record Miss(Gap gap, String verb, String resource, OptionalInt rule) {}

    private record Place(Gap gap, OptionalInt rule) {}

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        List<Miss> misses = gaps.stream()
                .flatMap(gap -> gap.missed().stream().flatMap(verb -> resources.stream()
                        .flatMap(resource -> misses(analyzed, gap, verb, resource).stream())))
                .toList();
        return misses.stream()
                .map(miss -> new Place(miss.gap(), miss.rule()))
                .distinct()
                .map(place -> finding(
                        analyzed,
                        place,
                        misses.stream()
                                .filter(miss -> miss.rule().equals(place.rule())
                                        && miss.gap().equals(place.gap()))
                                .toList()));
    }

    private static List<Miss> misses(AnalyzedPolicy analyzed, Gap gap, String verb, String resource) {
        int slash = resource.indexOf('/');
        Requests missed = analyzed.nonComponentRequests()
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of(""))
                .where(Attribute.RESOURCE, Values.of(slash < 0 ? resource : resource.substring(0, slash)))
                .where(Attribute.SUBRESOURCE, Values.of(slash < 0 ? "" : resource.substring(slash + 1)))
                .where(Attribute.VERB, Values.of(verb));
        var misses = new ArrayList<Miss>();
        if (analyzed.effective().decidedByNone(missed).anyMatch(part -> isRecorded(analyzed, part, gap))) {
            misses.add(new Miss(gap, verb, resource, OptionalInt.empty()));
        }
        analyzed.rules()
                .filter(rule -> !analyzed.records(rule)
                        && analyzed.effective()
                                .decidedBy(rule, missed)
                                .anyMatch(part -> isRecorded(analyzed, part, gap)))
                .forEach(rule -> misses.add(new Miss(gap, verb, resource, OptionalInt.of(rule))));
        return misses;
    }

    private static boolean isRecorded(AnalyzedPolicy analyzed, Requests missed, Gap gap) {
        Requests other = missed.with(Attribute.VERB, Values.of(gap.recorded()));
        return analyzed.rules().anyMatch(rule -> analyzed.records(rule) && analyzed.decides(rule, other));
    }

    private LintFinding finding(AnalyzedPolicy analyzed, Place place, List<Miss> misses) {
        OptionalInt rule = place.rule();
        List<String> verbs = misses.stream().map(Miss::verb).distinct().toList();
        List<String> missed = misses.stream().map(Miss::resource).distinct().toList();
        List<NarrowedRule.Target> targets = missed.stream()
                .map(resource -> new NarrowedRule.Target("", resource))
                .toList();
        return LintFinding.of(
                code,
                rule.isPresent() ? RulePaths.rule(rule.getAsInt()) : "rules",
                place.gap().recorded() + " of " + Phrases.list(missed) + " is recorded, but " + Phrases.list(verbs)
                        + Phrases.verb(verbs, " is", " are") + " not: "
                        + place.gap().why(),
                rule.isPresent()
                        ? Fix.addBefore(NarrowedRule.ofUnrecorded(analyzed.rule(rule.getAsInt()))
                                .onResources(Level.METADATA, verbs, targets))
                        : Fix.addAtEnd(new NarrowedRule(NothingRecorded.METADATA)
                                .onResources(Level.METADATA, verbs, targets)));
    }
}
