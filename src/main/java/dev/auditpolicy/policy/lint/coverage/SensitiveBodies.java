package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.Callers;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.BenchmarkItem;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.fix.Fix;
import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.stream.Stream;

/**
 * Secrets, ConfigMaps and tokens in recorded bodies. The check uses the rule that each request reaches, not the resources
 * that a rule lists.
 *
 * <p>Not every body has the content. A get has no request body, a watch has none at all, and the request body of a delete
 * contains its options. The response to a delete is the object if finalizers keep it; the response to a deletecollection
 * is the list of deleted objects.
 */
public final class SensitiveBodies implements PolicyCheck {

    private static final List<String> IN_REQUEST = List.of("create", "update", "patch");
    private static final List<String> IN_RESPONSE =
            List.of("get", "list", "create", "update", "patch", "delete", "deletecollection");

    /**
     * A resource whose bodies do not belong in a log.
     *
     * @param items the benchmark items that say so
     * @param inRequest the verbs whose request body contains it
     * @param inResponse the verbs whose response body contains it
     */
    private record Sensitive(
            FindingCode code,
            String what,
            String group,
            String resource,
            String subresource,
            List<String> inRequest,
            List<String> inResponse,
            List<BenchmarkItem> items) {

        Requests requests(List<String> verbs) {
            return Callers.AUTHENTICATED
                    .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                    .where(Attribute.API_GROUP, Values.of(group))
                    .where(Attribute.RESOURCE, Values.of(resource))
                    .where(Attribute.SUBRESOURCE, Values.of(subresource))
                    .where(Attribute.VERB, Values.of(verbs));
        }

        String name() {
            return subresource.isEmpty() ? resource : resource + "/" + subresource;
        }
    }

    private static final List<Sensitive> ALL = List.of(
            new Sensitive(
                    FindingCode.SECRET_BODIES,
                    "the contents of Secrets",
                    "",
                    "secrets",
                    "",
                    IN_REQUEST,
                    IN_RESPONSE,
                    FindingCode.SECRET_BODIES.benchmarks()),
            new Sensitive(
                    FindingCode.CONFIG_MAP_BODIES,
                    "the contents of ConfigMaps",
                    "",
                    "configmaps",
                    "",
                    IN_REQUEST,
                    IN_RESPONSE,
                    FindingCode.CONFIG_MAP_BODIES.benchmarks()),
            new Sensitive(
                    FindingCode.TOKEN_BODIES,
                    "new service account tokens",
                    "",
                    "serviceaccounts",
                    "token",
                    List.of(),
                    List.of("create"),
                    // CIS names Secrets, ConfigMaps and TokenReviews only.
                    List.of()),
            new Sensitive(
                    FindingCode.TOKEN_BODIES,
                    "tokens under review",
                    "authentication.k8s.io",
                    "tokenreviews",
                    "",
                    List.of("create"),
                    List.of("create"),
                    FindingCode.TOKEN_BODIES.benchmarks()));

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules().filter(analyzed::recordsBodies).boxed().flatMap(rule -> ALL.stream()
                .flatMap(sensitive -> finding(analyzed, rule, sensitive)));
    }

    private static Stream<LintFinding> finding(AnalyzedPolicy analyzed, int rule, Sensitive sensitive) {
        List<String> verbs = analyzed.level(rule) == Level.REQUEST ? sensitive.inRequest() : sensitive.inResponse();
        List<String> recordedVerbs = verbs.stream()
                .filter(verb -> analyzed.decides(rule, sensitive.requests(List.of(verb))))
                .toList();
        return recordedVerbs.isEmpty()
                ? Stream.empty()
                : Stream.of(LintFinding.of(
                                sensitive.code(),
                                RulePaths.field(rule, "level"),
                                "this rule records bodies of " + Phrases.quoted(sensitive.name()) + " ("
                                        + Phrases.list(recordedVerbs) + "), so the log contains " + sensitive.what(),
                                Fix.addBefore(new NarrowedRule(analyzed.rule(rule))
                                        .onResources(
                                                Level.METADATA,
                                                List.of(),
                                                List.of(new NarrowedRule.Target(sensitive.group(), sensitive.name())))))
                        .withBenchmarks(sensitive.items()));
    }
}
