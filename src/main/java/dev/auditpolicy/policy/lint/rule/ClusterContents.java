package dev.auditpolicy.policy.lint.rule;

import dev.auditpolicy.api.v1alpha1.GroupResources;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.cluster.Discovery;
import dev.auditpolicy.policy.lint.cluster.ResourceNames;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Phrases;
import dev.auditpolicy.policy.lint.finding.RulePaths;
import dev.auditpolicy.policy.lint.value.NamespaceCheck;
import dev.auditpolicy.policy.lint.value.ResourceEntries;
import dev.auditpolicy.policy.lint.value.RuleValueChecks;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Resources and namespaces that the cluster does not have, if its contents are known. */
public final class ClusterContents implements PolicyCheck {

    /** kube-apiserver and kubeadm create them in every cluster. */
    private static final List<String> BUILT_IN = List.of("kube-system", "kube-public", "kube-node-lease");

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        return analyzed.rules()
                .boxed()
                .flatMap(rule -> Stream.concat(resources(analyzed, rule), namespaces(analyzed, rule)));
    }

    private static Stream<LintFinding> namespaces(AnalyzedPolicy analyzed, int rule) {
        Set<String> known = analyzed.context().namespaces();
        PolicyRule written = analyzed.rule(rule);
        ValueCheck syntax = new NamespaceCheck();
        return known == null
                ? misspelled(written, rule)
                : IntStream.range(0, written.namespaces().size())
                        .filter(i -> !written.namespaces().get(i).isEmpty()
                                && !known.contains(written.namespaces().get(i))
                                && syntax.check(written.namespaces().get(i)).isEmpty())
                        .mapToObj(i -> LintFinding.of(
                                FindingCode.NO_SUCH_NAMESPACE,
                                RulePaths.value(rule, "namespaces", i),
                                "the cluster has no namespace "
                                        + Phrases.quoted(written.namespaces().get(i)),
                                nearest(written.namespaces().get(i), known)
                                        .orElse("correct the name, or remove the value")));
    }

    private static Stream<LintFinding> misspelled(PolicyRule written, int rule) {
        return IntStream.range(0, written.namespaces().size())
                .boxed()
                .flatMap(i -> meant(written.namespaces().get(i)).stream()
                        .map(meant -> LintFinding.of(
                                FindingCode.INVALID_NAMESPACE,
                                RulePaths.value(rule, "namespaces", i),
                                Phrases.quoted(written.namespaces().get(i))
                                        + " is almost the name of a namespace of every cluster",
                                Phrases.didYouMean(meant))));
    }

    private static Optional<String> meant(String namespace) {
        return BUILT_IN.contains(namespace)
                        || new NamespaceCheck().check(namespace).isPresent()
                ? Optional.empty()
                : Nearest.within(1, namespace, BUILT_IN);
    }

    private static Optional<String> nearest(String written, Set<String> known) {
        return Nearest.bySpelling(written, known.stream().sorted().toList()).map(Phrases::didYouMean);
    }

    private static Stream<LintFinding> resources(AnalyzedPolicy analyzed, int rule) {
        Discovery discovery = analyzed.context().discovery();
        var checks = new RuleValueChecks(analyzed.rule(rule), analyzed.context());
        return discovery == null
                ? Stream.empty()
                : IntStream.range(0, analyzed.rule(rule).resources().size())
                        .boxed()
                        .flatMap(i -> entry(rule, i, checks, discovery));
    }

    private static Stream<LintFinding> entry(int rule, int index, RuleValueChecks checks, Discovery discovery) {
        GroupResources entry = checks.rule().resources().get(index);
        String group = ResourceEntries.group(entry);
        if (group.equals("*") || checks.apiGroups().check(group).isPresent()) {
            return Stream.empty();
        }
        if (!discovery.groups().contains(group)) {
            return Stream.of(LintFinding.of(
                    FindingCode.NO_SUCH_RESOURCE,
                    RulePaths.inEntry(rule, index, "group"),
                    "the cluster does not serve the API group " + Phrases.quoted(group),
                    nearest(group, discovery.groups()).orElse("correct the name, or remove the entry")));
        }
        Stream<LintFinding> missing = IntStream.range(0, entry.resources().size())
                .boxed()
                .filter(i ->
                        checks.resources(entry).check(entry.resources().get(i)).isEmpty())
                .flatMap(i -> missing(discovery, group, entry.resources().get(i))
                        .map(fix -> LintFinding.of(
                                FindingCode.NO_SUCH_RESOURCE,
                                RulePaths.inEntry(rule, index, "resources", i),
                                "the cluster serves no resource "
                                        + Phrases.quoted(entry.resources().get(i)) + " in the "
                                        + (group.isEmpty() ? "core group" : "API group " + Phrases.quoted(group)),
                                fix))
                        .stream());
        return Stream.concat(missing, unsupportedVerbs(rule, index, checks.rule(), discovery));
    }

    /** Resources that support no verb of the rule: kube-apiserver rejects such requests, and records that. */
    private static Stream<LintFinding> unsupportedVerbs(int rule, int index, PolicyRule written, Discovery discovery) {
        GroupResources entry = written.resources().get(index);
        return IntStream.range(0, entry.resources().size())
                .filter(i -> !written.verbs().isEmpty()
                        && discovery
                                .find(
                                        ResourceEntries.group(entry),
                                        entry.resources().get(i))
                                .filter(resource -> !resource.verbs().isEmpty()
                                        && Collections.disjoint(resource.verbs(), written.verbs()))
                                .isPresent())
                .mapToObj(i -> LintFinding.of(
                        FindingCode.NO_SUCH_VERB,
                        RulePaths.inEntry(rule, index, "resources", i),
                        Phrases.quoted(entry.resources().get(i)) + " supports none of the rule's verbs",
                        "correct the verbs, or remove the resource"));
    }

    /** How to fix a resource that the cluster does not serve; empty if it does. */
    private static Optional<String> missing(Discovery discovery, String group, String resource) {
        String name = resource.endsWith("/*") ? resource.substring(0, resource.length() - 2) : resource;
        if (name.startsWith("*") || discovery.find(group, name).isPresent()) {
            return Optional.empty();
        }
        var names = new ResourceNames(discovery);
        return Optional.of(names.meant(group, name)
                .map(meant -> "use " + Phrases.quoted(meant))
                .or(() -> names.nearest(group, name).map(Phrases::didYouMean))
                .orElse("correct the name, or remove the value"));
    }
}
