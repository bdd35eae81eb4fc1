package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.controller.Compilation.Compiled;
import dev.auditpolicy.controller.Compilation.Refused;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.manifest.flags.LogSettingsCheck;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.Linter;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.PolicyReader;
import dev.auditpolicy.policy.read.PolicyReading;
import dev.auditpolicy.policy.write.PolicyWriter;
import dev.auditpolicy.policy.write.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From an AuditPolicy to what every node is to run. The API server has checked the spec against the CRD before; it is
 * checked again, since a CRD can be older than the object or have been changed.
 */
public final class Compiler {

    private final Cluster cluster;
    private CacheKey cacheKey;
    private Compilation cached;

    /** While a rollout is under way the same question is asked every second. */
    private record CacheKey(String uid, Long generation, Versions versions) {}

    /**
     * A control plane in the middle of an upgrade runs two minor versions.
     *
     * @param nodesOfOldest names of the nodes that run the oldest, for people
     */
    private record Versions(KubernetesVersion oldest, String nodesOfOldest, KubernetesVersion newest) {

        String describe() {
            return oldest.equals(newest)
                    ? ""
                    : " (the oldest kube-apiserver, " + oldest + ", runs on node " + nodesOfOldest + "; others run "
                            + newest + ")";
        }
    }

    public Compiler(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    Compilation compile(AuditPolicy policy, Observation seen) {
        var versions = versions(seen);
        var key =
                new CacheKey(policy.getMetadata().getUid(), policy.getMetadata().getGeneration(), versions);
        if (!key.equals(cacheKey)) {
            cached = compile(policy, versions);
            cacheKey = key;
        }
        return cached;
    }

    private static Compilation compile(AuditPolicy policy, Versions versions) {
        var spec = policy.getSpec();
        if (spec == null) {
            return new Refused("spec is missing: set spec.policy and spec.log");
        }
        if (spec.webhook() != null) {
            return new Refused("spec.webhook is not supported by this release: remove it and use spec.log");
        }
        if (spec.log() == null) {
            return new Refused("spec.log is missing: without a backend kube-apiserver records nothing");
        }
        var logProblems = LogSettingsCheck.check(spec.log());
        if (!logProblems.isEmpty()) {
            return new Refused(logProblems.stream()
                    .map(ManifestProblem::describe)
                    .map("spec."::concat)
                    .collect(joining("; ")));
        }
        return switch (new PolicyReader(versions.oldest()).read(spec.policy(), "spec.policy")) {
            case PolicyReading.InvalidPolicy invalid ->
                new Refused(
                        invalid.problems().stream().map(Object::toString).collect(joining("; ")) + versions.describe());
            case PolicyReading.ValidPolicy read -> compiled(policy, read.policy(), versions);
        };
    }

    private static Compilation compiled(AuditPolicy auditPolicy, Policy policy, Versions versions) {
        var spec = auditPolicy.getSpec();
        var text = PolicyWriter.write(policy);
        if (text.length() > AuditNodeSpec.LONGEST_POLICY) {
            return new Refused("spec.policy makes a policy file of " + text.length() + " characters, and the limit is "
                    + AuditNodeSpec.LONGEST_POLICY + ": put values that differ in one field only into one rule");
        }
        return new Compiled(
                new AuditNodeSpec(
                        Revision.of(policy, spec.log()),
                        auditPolicy.getMetadata().getGeneration(),
                        text,
                        spec.log(),
                        spec.rollout().drainSeconds(),
                        spec.rollout().verifyTimeoutSeconds()),
                findings(policy, spec.log(), versions));
    }

    /** What a linter of policies would say; hints are for people who ask for them. */
    private static List<String> findings(Policy policy, LogBackend log, Versions versions) {
        return Linter.lint(policy, log, LintContext.of(versions.oldest()).withNewest(versions.newest())).stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .map(finding -> finding.pathInAuditPolicy() + ": " + finding.reason() + " (" + finding.fix() + ") ["
                        + finding.code().id() + "]")
                .toList();
    }

    /** The agents' word where there is one. */
    private Versions versions(Observation seen) {
        var running = new TreeMap<KubernetesVersion, Set<String>>();
        seen.auditNodes().forEach((name, node) -> version(node)
                .ifPresent(version ->
                        running.computeIfAbsent(version, _ -> new TreeSet<>()).add(name)));
        if (running.isEmpty()) {
            var key = KubernetesVersion.parse(cluster.apiServerVersion());
            return new Versions(key, "", key);
        }
        var oldest = running.firstEntry();
        return new Versions(oldest.getKey(), String.join(", ", oldest.getValue()), running.lastKey());
    }

    private static Optional<KubernetesVersion> version(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .map(AuditNodeStatus::kubeAPIServer)
                .map(KubeAPIServer::version)
                .map(KubernetesVersion::parse);
    }
}
