package dev.auditpolicy.controller;

import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicySpec;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.KubeAPIServer;
import dev.auditpolicy.api.v1alpha1.TemporaryRulesStatus;
import dev.auditpolicy.controller.Compilation.InvalidSpec;
import dev.auditpolicy.controller.Observer.Observation;
import dev.auditpolicy.controller.enroll.Member;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.temporary.KnownEntries;
import dev.auditpolicy.policy.temporary.TimedPolicy;
import dev.auditpolicy.webhook.kubeconfig.KubeconfigReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the spec of an AuditPolicy to the spec of every AuditNode. It validates the spec again, because the CRD that
 * the API server used can be another version.
 */
public final class Compiler {

    private final Cluster cluster;
    private final WebhookCompiler webhooks;
    private final InstantSource clock;
    private @Nullable CacheKey cacheKey;
    private @Nullable Compilation cached;

    /** During a rollout, the same spec is compiled every second. */
    private record CacheKey(
            String uid,
            Long generation,
            ApiServerVersions versions,
            Optional<WebhookCompiler.Result> webhook,
            List<TemporaryRulesStatus> temporary) {}

    public Compiler(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
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
        var now = clock.instant();
        var timed = Optional.ofNullable(policy.getSpec()).map(TimedPolicy::of);
        var past = timed.map(rules ->
                        rules.problems(LastWrite.ofSpec(policy.getMetadata()).orElse(now), known(policy)))
                .orElse(List.of());
        if (!past.isEmpty()) {
            return new InvalidSpec(past.stream().map(PolicyProblem::toString).toList());
        }
        var key = new CacheKey(
                policy.getMetadata().getUid(),
                policy.getMetadata().getGeneration(),
                versions,
                webhook,
                timed.map(rules -> rules.states(now)).orElse(List.of()));
        if (cached == null || !key.equals(cacheKey)) {
            cached = policy.getSpec() == null
                    ? SpecCompilation.UNREADABLE
                    : new SpecCompilation(policy, timed.orElseThrow(), now, versions, webhook).compile();
            cacheKey = key;
        }
        return cached;
    }

    private static KnownEntries known(AuditPolicy policy) {
        return KnownEntries.of(Optional.ofNullable(policy.getStatus())
                .map(AuditPolicyStatus::temporaryRules)
                .orElse(List.of()));
    }

    /**
     * The versions that the agents of control-plane nodes report, else the version of the API server that answers. A node
     * that has left does not count: what it ran last may be too old for the spec.
     */
    private ApiServerVersions versions(Observation observation) {
        var running = new TreeMap<KubernetesVersion, Set<String>>();
        var members = observation.members().stream().map(Member::name).collect(toSet());
        observation.auditNodes().entrySet().stream()
                .filter(node -> members.contains(node.getKey()))
                .forEach(node -> version(node.getValue())
                        .ifPresent(version -> running.computeIfAbsent(version, _ -> new TreeSet<>())
                                .add(node.getKey())));
        if (running.isEmpty()) {
            var version = KubernetesVersion.parse(cluster.apiServerVersion());
            return new ApiServerVersions(version, "", version);
        }
        var oldest = running.firstEntry();
        return new ApiServerVersions(oldest.getKey(), String.join(", ", oldest.getValue()), running.lastKey());
    }

    private static Optional<KubernetesVersion> version(AuditNode node) {
        return Optional.ofNullable(node.getStatus())
                .map(AuditNodeStatus::kubeAPIServer)
                .map(KubeAPIServer::version)
                // The CRD has the same format, and drops others.
                .map(KubernetesVersion::parse);
    }
}
