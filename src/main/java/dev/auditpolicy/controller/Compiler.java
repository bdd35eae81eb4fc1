package dev.auditpolicy.controller;

import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicySpec;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.controller.Compilation.Compiled;
import dev.auditpolicy.controller.Compilation.InvalidSpec;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.controller.enroll.Member;
import dev.auditpolicy.manifest.flags.BackendsCheck;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.Linter;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.Severity;
import dev.auditpolicy.policy.read.PolicyReader;
import dev.auditpolicy.policy.read.PolicyReading;
import dev.auditpolicy.policy.write.PolicyWriter;
import dev.auditpolicy.policy.write.Revision;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the spec of an AuditPolicy to the spec of every AuditNode. It validates the spec again, because the CRD that
 * the API server used can be another version.
 */
public final class Compiler {

    private final Cluster cluster;
    private final WebhookCompiler webhooks;
    private @Nullable CacheKey cacheKey;
    private @Nullable Compilation cached;

    /** During a rollout, the same spec is compiled every second. */
    private record CacheKey(String uid, Long generation, Versions versions, Optional<WebhookCompiler.Result> webhook) {}

    /**
     * The versions of the running kube-apiservers. During an upgrade there are two.
     *
     * @param nodesOfOldest the names of the nodes that run the oldest
     */
    private record Versions(KubernetesVersion oldest, String nodesOfOldest, KubernetesVersion newest) {

        String describe() {
            return oldest.equals(newest)
                    ? ""
                    : " (the oldest kube-apiserver, " + oldest + ", runs on node " + nodesOfOldest + "; others run "
                            + newest + ")";
        }
    }

    public Compiler(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.webhooks = new WebhookCompiler(cluster, new KubeconfigReader(clock));
    }

    Compilation compile(AuditPolicy policy, Observation observation) {
        var versions = versions(observation);
        var webhook = Optional.ofNullable(policy.getSpec())
                .map(AuditPolicySpec::webhook)
                .map(settings -> webhooks.read(
                        settings,
                        versions.oldest().minor(),
                        observation.auditNodes().values()));
        var key =
                new CacheKey(policy.getMetadata().getUid(), policy.getMetadata().getGeneration(), versions, webhook);
        if (cached == null || !key.equals(cacheKey)) {
            cached = compile(policy, versions, webhook);
            cacheKey = key;
        }
        return cached;
    }

    private static Compilation compile(
            AuditPolicy policy, Versions versions, Optional<WebhookCompiler.Result> webhook) {
        var spec = policy.getSpec();
        if (spec == null) {
            return new InvalidSpec(
                    "spec is missing, or contains a field or value that this release does not know: set spec.policy and"
                            + " spec.log as kubectl explain auditpolicy.spec describes, or update the operator");
        }
        var log = spec.log();
        var problems = BackendsCheck.check(log, spec.webhook());
        if (!problems.isEmpty()) {
            return new InvalidSpec(problems.stream()
                    .map(ManifestProblem::describe)
                    .map("spec."::concat)
                    .toList());
        }
        return switch (new PolicyReader(versions.oldest()).read(spec.policy(), "spec.policy")) {
            case PolicyReading.InvalidPolicy invalid ->
                new InvalidSpec(invalid.problems().stream()
                        .map(problem -> problem + versions.describe())
                        .toList());
            case PolicyReading.ValidPolicy read ->
                webhook.isEmpty()
                        ? compiled(policy, read.policy(), log, null, findings(spec, read.policy(), versions))
                        : switch (webhook.get()) {
                            case WebhookCompiler.Result.Unusable unusable -> new InvalidSpec(unusable.problems());
                            case WebhookCompiler.Result.Read(NodeWebhook found, List<String> findings) ->
                                compiled(
                                        policy,
                                        read.policy(),
                                        log,
                                        found,
                                        Stream.concat(
                                                        findings(spec, read.policy(), versions).stream(),
                                                        findings.stream())
                                                .toList());
                        };
        };
    }

    private static Compilation compiled(
            AuditPolicy auditPolicy,
            Policy policy,
            @Nullable LogBackend log,
            @Nullable NodeWebhook webhook,
            List<String> findings) {
        var spec = auditPolicy.getSpec();
        var text = PolicyWriter.write(policy);
        if (text.length() > AuditNodeSpec.MAX_POLICY_LENGTH) {
            return new InvalidSpec(
                    "spec.policy results in a policy file of " + text.length() + " characters, and the maximum is "
                            + AuditNodeSpec.MAX_POLICY_LENGTH + ": combine rules that differ in only one field");
        }
        return new Compiled(
                new AuditNodeSpec(
                        Revision.of(policy, log, webhook),
                        auditPolicy.getMetadata().getGeneration(),
                        text,
                        log,
                        webhook,
                        spec.rollout().drainSeconds(),
                        spec.rollout().verifyTimeoutSeconds(),
                        spec.takeover(),
                        null),
                findings);
    }

    /** What the linter reports. Its hints are available only on the command line. */
    private static List<String> findings(AuditPolicySpec spec, Policy policy, Versions versions) {
        return Linter.lint(
                        policy,
                        spec.log(),
                        spec.webhook(),
                        spec.rollout().drainSeconds(),
                        LintContext.of(versions.oldest()).withNewest(versions.newest()))
                .stream()
                .filter(finding -> finding.severity() != Severity.INFO)
                .map(finding -> finding.pathInAuditPolicy() + ": " + finding.reason() + " (" + finding.fix() + ") ["
                        + finding.code().id() + "]")
                .toList();
    }

    /**
     * The versions that the agents of control-plane nodes report, else the version of the API server that answers. A node
     * that has left does not count: what it ran last may be too old for the spec.
     */
    private Versions versions(Observation observation) {
        var running = new TreeMap<KubernetesVersion, Set<String>>();
        var members = observation.members().stream().map(Member::name).collect(toSet());
        observation.auditNodes().entrySet().stream()
                .filter(node -> members.contains(node.getKey()))
                .forEach(node -> version(node.getValue())
                        .ifPresent(version -> running.computeIfAbsent(version, _ -> new TreeSet<>())
                                .add(node.getKey())));
        if (running.isEmpty()) {
            var version = KubernetesVersion.parse(cluster.apiServerVersion());
            return new Versions(version, "", version);
        }
        var oldest = running.firstEntry();
        return new Versions(oldest.getKey(), String.join(", ", oldest.getValue()), running.lastKey());
    }

    private static Optional<KubernetesVersion> version(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .map(AuditNodeStatus::kubeAPIServer)
                .map(KubeAPIServer::version)
                // The CRD has the same format, and drops others.
                .map(KubernetesVersion::parse);
    }
}
