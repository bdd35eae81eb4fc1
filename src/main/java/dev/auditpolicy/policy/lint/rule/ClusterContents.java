package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.lint.check.Check;
import dev.auditpolicy.policy.lint.check.Subject;
import dev.auditpolicy.policy.lint.cluster.Discovery;
import dev.auditpolicy.policy.lint.cluster.ResourceNames;
import dev.auditpolicy.policy.lint.finding.Code;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Place;
import dev.auditpolicy.policy.lint.finding.Words;
import dev.auditpolicy.policy.lint.value.Entries;
import dev.auditpolicy.policy.lint.value.Judge;
import dev.auditpolicy.policy.lint.value.NamespaceJudge;
import dev.auditpolicy.policy.lint.value.RuleJudges;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Resources and namespaces that the cluster does not have, if it is known what it has. */
public final class ClusterContents implements Check {

    @Override
    public Stream<LintFinding> check(Subject subject) {
        return subject.rules()
                .boxed()
                .flatMap(rule -> Stream.concat(resources(subject, rule), namespaces(subject, rule)));
    }

    private static Stream<LintFinding> namespaces(Subject subject, int rule) {
        Set<String> known = subject.context().namespaces();
        PolicyRule written = subject.rule(rule);
        Judge form = new NamespaceJudge();
        return known == null
                ? Stream.empty()
                : IntStream.range(0, written.namespaces().size())
                        .filter(i -> !written.namespaces().get(i).isEmpty()
                                && !known.contains(written.namespaces().get(i))
                                && form.judge(written.namespaces().get(i)).isEmpty())
                        .mapToObj(i -> LintFinding.of(
                                Code.NO_SUCH_NAMESPACE,
                                Place.value(rule, "namespaces", i),
                                "the cluster has no namespace "
                                        + Words.quoted(written.namespaces().get(i)),
                                nearest(written.namespaces().get(i), known).orElse("correct the name, or remove it")));
    }

    private static Optional<String> nearest(String written, Set<String> known) {
        return Nearest.bySpelling(written, known.stream().sorted().toList()).map(Words::didYouMean);
    }

    private static Stream<LintFinding> resources(Subject subject, int rule) {
        Discovery discovery = subject.context().discovery();
        RuleJudges judges = new RuleJudges(subject.rule(rule), subject.context());
        return discovery == null
                ? Stream.empty()
                : IntStream.range(0, subject.rule(rule).resources().size())
                        .boxed()
                        .flatMap(i -> entry(rule, i, judges, discovery));
    }

    private static Stream<LintFinding> entry(int rule, int index, RuleJudges judges, Discovery discovery) {
        GroupResources entry = judges.rule().resources().get(index);
        String group = Entries.group(entry);
        if (group.equals("*") || judges.apiGroups().judge(group).isPresent()) {
            return Stream.empty();
        }
        if (!discovery.groups().contains(group)) {
            return Stream.of(LintFinding.of(
                    Code.NO_SUCH_RESOURCE,
                    Place.inEntry(rule, index, "group"),
                    "the cluster does not serve the API group " + Words.quoted(group),
                    nearest(group, discovery.groups()).orElse("correct the name, or remove the entry")));
        }
        Stream<LintFinding> missing = IntStream.range(0, entry.resources().size())
                .boxed()
                .filter(i ->
                        judges.resources(entry).judge(entry.resources().get(i)).isEmpty())
                .flatMap(i -> missing(discovery, group, entry.resources().get(i))
                        .map(fix -> LintFinding.of(
                                Code.NO_SUCH_RESOURCE,
                                Place.inEntry(rule, index, "resources", i),
                                "the cluster serves no "
                                        + Words.quoted(entry.resources().get(i)) + " in the "
                                        + (group.isEmpty() ? "core group" : "API group " + Words.quoted(group)),
                                fix))
                        .stream());
        return Stream.concat(missing, unsupportedVerbs(rule, index, judges.rule(), discovery));
    }

    /** Where no verb of the rule is supported: such requests are refused, and recorded as refused. */
    private static Stream<LintFinding> unsupportedVerbs(int rule, int index, PolicyRule written, Discovery discovery) {
        GroupResources entry = written.resources().get(index);
        return IntStream.range(0, entry.resources().size())
                .filter(i -> !written.verbs().isEmpty()
                        && discovery
                                .find(Entries.group(entry), entry.resources().get(i))
                                .filter(resource -> !resource.verbs().isEmpty()
                                        && Collections.disjoint(resource.verbs(), written.verbs()))
                                .isPresent())
                .mapToObj(i -> LintFinding.of(
                        Code.NO_SUCH_VERB,
                        Place.inEntry(rule, index, "resources", i),
                        Words.quoted(entry.resources().get(i)) + " supports none of the rule's verbs",
                        "correct the verbs, or remove it"));
    }

    /** The way out if it is missing. */
    private static Optional<String> missing(Discovery discovery, String group, String resource) {
        String name = resource.endsWith("/*") ? resource.substring(0, resource.length() - 2) : resource;
        if (name.startsWith("*") || discovery.find(group, name).isPresent()) {
            return Optional.empty();
        }
        ResourceNames names = new ResourceNames(discovery);
        return Optional.of(names.meant(group, name)
                .map(meant -> "write " + Words.quoted(meant))
                .or(() -> names.nearest(group, name).map(Words::didYouMean))
                .orElse("correct the name, or remove it"));
    }
}
