package dev.auditpolicy.policy.lint.cluster;

import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.Profile;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The known contents of the cluster that a policy is for, and what to report.
 *
 * @param oldest the version of the oldest kube-apiserver
 * @param newest the version of the newest
 * @param discovery the resources of the cluster; null if not known
 * @param namespaces the namespaces of the cluster; null if not known
 * @param profiles the benchmarks to check
 * @param silenced the findings not to report
 */
public record LintContext(
        KubernetesVersion oldest,
        KubernetesVersion newest,
        @Nullable Discovery discovery,
        @Nullable Set<String> namespaces,
        Set<Profile> profiles,
        Set<FindingCode> silenced) {

    public LintContext {
        namespaces = namespaces == null ? null : Set.copyOf(namespaces);
        profiles = Set.copyOf(profiles);
        silenced = Set.copyOf(silenced);
    }

    /** Only the version is known, and no finding is suppressed. */
    public static LintContext of(KubernetesVersion version) {
        return new LintContext(version, version, null, null, Set.of(), Set.of());
    }

    /** The same where other nodes run a newer version. */
    public LintContext withNewest(KubernetesVersion newNewest) {
        return new LintContext(oldest, newNewest, discovery, namespaces, profiles, silenced);
    }

    /** The same with the resources that a cluster has. */
    public LintContext withResources(Discovery newDiscovery) {
        return new LintContext(oldest, newest, newDiscovery, namespaces, profiles, silenced);
    }

    /** The same with the namespaces that a cluster has. */
    public LintContext withNamespaces(Collection<String> newNamespaces) {
        return new LintContext(oldest, newest, discovery, Set.copyOf(newNamespaces), profiles, silenced);
    }

    /** The same for these benchmarks. */
    public LintContext withProfiles(Collection<Profile> newProfiles) {
        return new LintContext(oldest, newest, discovery, namespaces, Set.copyOf(newProfiles), silenced);
    }

    /** The same without findings of these codes. */
    public LintContext silencing(Collection<FindingCode> codes) {
        return new LintContext(oldest, newest, discovery, namespaces, profiles, Set.copyOf(codes));
    }
}
