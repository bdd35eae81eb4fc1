package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.policy.lint.finding.Words;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What CIS 3.2.2 wants recorded at least: access to Secrets, changes to pods and deployments, and the use of pods/exec,
 * pods/portforward, pods/proxy and services/proxy. That bodies of Secrets, ConfigMaps and TokenReviews are not is
 * {@link SensitiveBodies}' part.
 */
public final class KeyConcerns implements Check {

    private static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");

    private record Concern(String what, String group, String resource, String subresource, List<String> verbs) {

        Requests among(Requests people) {
            return people.where(Attribute.KIND, Values.of(Requests.RESOURCE))
                    .where(Attribute.API_GROUP, Values.of(group))
                    .where(Attribute.RESOURCE, Values.of(resource))
                    .where(Attribute.SUBRESOURCE, Values.of(subresource))
                    .where(Attribute.VERB, Values.of(verbs));
        }
    }

    private static final List<Concern> CONCERNS = List.of(
            new Concern(
                    "access to secrets",
                    "",
                    "secrets",
                    "",
                    List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")),
            new Concern("changes to pods", "", "pods", "", WRITES),
            new Concern("changes to deployments", "apps", "deployments", "", WRITES),
            new Concern("pods/exec", "", "pods", "exec", List.of("get", "create")),
            new Concern("pods/portforward", "", "pods", "portforward", List.of("get", "create")),
            new Concern("pods/proxy", "", "pods", "proxy", List.of("get", "create", "update", "patch", "delete")),
            new Concern(
                    "services/proxy", "", "services", "proxy", List.of("get", "create", "update", "patch", "delete")));

    @Override
    public Stream<LintFinding> check(Subject subject) {
        if (!subject.context().profiles().contains(Profile.CIS)) {
            return Stream.empty();
        }
        List<LintFinding> findings = new ArrayList<>();
        subject.rules().filter(rule -> !subject.records(rule)).forEach(rule -> {
            List<String> dropped = CONCERNS.stream()
                    .filter(concern -> subject.decides(rule, concern.among(subject.people())))
                    .map(Concern::what)
                    .toList();
            if (!dropped.isEmpty()) {
                findings.add(finding(Place.rule(rule), "this rule drops " + Words.list(dropped), "before this one"));
            }
        });
        List<String> unmatched = CONCERNS.stream()
                .filter(concern -> subject.leavesUnmatched(concern.among(subject.people())))
                .map(Concern::what)
                .toList();
        if (!unmatched.isEmpty()) {
            findings.add(finding(
                    "rules",
                    "no rule matches some of these, so they are not recorded: " + Words.list(unmatched),
                    "at the end"));
        }
        return findings.stream();
    }

    private static LintFinding finding(String path, String reason, String where) {
        return LintFinding.of(Code.KEY_CONCERNS, path, reason, "put a rule with level: Metadata for them " + where);
    }
}
