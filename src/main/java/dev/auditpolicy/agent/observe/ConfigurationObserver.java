package dev.auditpolicy.agent.observe;

import dev.auditpolicy.agent.log.LogState;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.ObservedHost;
import dev.auditpolicy.api.v1alpha1.ObservedHost.Kind;
import dev.auditpolicy.api.v1alpha1.ObservedPolicy;
import dev.auditpolicy.distribution.Distribution;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.survey.HostSurvey;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.policy.KubernetesVersion;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Observes the audit configuration of the live kube-apiserver from its process: files say what the next one will run. */
public final class ConfigurationObserver {

    private static final String STDOUT = "-";

    private final HostSurvey survey;
    private final HostObserver host;
    private final PolicyObserver policies;
    private final MeasuredLog log;
    private final Supplier<LogState> meter;

    /** @param meter what was measured of the log in this iteration of the loop */
    public ConfigurationObserver(HostSurvey survey, HostObserver host, InstantSource clock, Supplier<LogState> meter) {
        this.survey = survey;
        this.host = host;
        this.policies = new PolicyObserver(survey);
        this.log = new MeasuredLog(clock);
        this.meter = meter;
    }

    /**
     * The configuration now. A failure is a problem that the result states: managing the node does not depend on it.
     *
     * @param desired the spec of the AuditNode, whose policy need not be repeated in its status
     */
    public Survey observe(
            NodeSnapshot node, Journal journal, Optional<AuditNodeSpec> desired, Optional<KubernetesVersion> version) {
        try {
            return survey(node, journal, desired, version);
        } catch (IOException failure) {
            return new Survey(
                    nothing(null, List.of("cannot observe what kube-apiserver runs: " + failure.getMessage())),
                    Optional.empty());
        }
    }

    private static Observed nothing(@Nullable ObservedHost kind, List<String> problems) {
        return new Observed("unknown", Observed.Owner.UNKNOWN, kind, List.of(), null, null, null, List.of(), problems);
    }

    private Survey survey(
            NodeSnapshot node, Journal journal, Optional<AuditNodeSpec> desired, Optional<KubernetesVersion> version)
            throws IOException {
        var problems = new ArrayList<String>();
        var distribution = host.distribution(node.manifest().isPresent());
        distribution
                .filter(one -> !one.isSupported())
                .map(Distribution::refusal)
                .ifPresent(problems::add);
        host.stray(node).ifPresent(problems::add);
        if (node.newest().isEmpty()) {
            problems.add("no kube-apiserver is running on this node");
        }
        var name = distribution
                .map(Distribution::title)
                .or(() -> node.manifest().isPresent() ? Optional.of("kubeadm") : Optional.empty());
        var kind = new ObservedHost(kind(node), name.orElse(null));
        return node.newest().isPresent()
                ? observe(
                        node.newest().get(),
                        Ownership.of(journal, node),
                        kind,
                        new PolicyOf(desired, version.orElse(KubernetesVersion.NEWEST_KNOWN)),
                        problems)
                : new Survey(nothing(kind, problems), Optional.empty());
    }

    private static Kind kind(NodeSnapshot node) {
        if (node.newest().isEmpty()) {
            return Kind.UNKNOWN;
        }
        return node.unit().isPresent() ? Kind.SYSTEMD_UNIT : Kind.STATIC_POD;
    }

    private record PolicyOf(Optional<AuditNodeSpec> desired, KubernetesVersion version) {

        ObservedPolicy known(ObservedPolicy policy) {
            return desired.filter(spec -> spec.policy().equals(policy.text())).isPresent()
                    ? policy.withoutText()
                    : policy;
        }
    }

    private Survey observe(
            ApiServerProcess process, Ownership ownership, ObservedHost kind, PolicyOf known, List<String> problems)
            throws IOException {
        var flags = process.flags().audit();
        var policy = policy(process, flags, known, problems);
        var logPath = logPath(process, flags, problems);
        var hasWebhook = !flags.getOrDefault("audit-webhook-config-file", "").isEmpty();
        var observed = new Observed(
                Summary.of(policy, flags, logPath, hasWebhook),
                ownership.of(flags),
                kind,
                flags.entrySet().stream()
                        .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                        .toList(),
                policy.orElse(null),
                logPath.orElse(null),
                hasWebhook,
                List.of(),
                problems);
        return new Survey(
                observed, logPath.filter(path -> !path.equals(STDOUT)).map(path -> log.report(path, meter.get())));
    }

    private Optional<ObservedPolicy> policy(
            ApiServerProcess process, Map<String, String> flags, PolicyOf known, List<String> problems)
            throws IOException {
        var path = flags.getOrDefault("audit-policy-file", "");
        if (path.isEmpty()) {
            return Optional.empty();
        }
        var seen = policies.observe(process, path, known.version());
        seen.problem().ifPresent(problems::add);
        return Optional.of(known.known(seen.policy()));
    }

    private Optional<String> logPath(ApiServerProcess process, Map<String, String> flags, List<String> problems)
            throws IOException {
        var path = flags.getOrDefault("audit-log-path", "");
        if (path.isEmpty() || path.equals(STDOUT)) {
            return Optional.of(path).filter(STDOUT::equals);
        }
        var onNode = path.startsWith("/") ? survey.hostPath(process, path) : Optional.<String>empty();
        if (onNode.isEmpty()) {
            problems.add("the audit log " + path
                    + " is in no volume: it exists only in the container of kube-apiserver, and is" + " lost with it");
        }
        return onNode;
    }
}
