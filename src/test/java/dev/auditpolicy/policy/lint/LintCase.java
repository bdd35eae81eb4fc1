package dev.auditpolicy.policy.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.cluster.Discovery;
import dev.auditpolicy.policy.lint.cluster.KnownResource;
import dev.auditpolicy.policy.lint.cluster.LintContext;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import dev.auditpolicy.policy.lint.finding.Profile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An input of the linter and the findings of one code that are expected.
 *
 * @param discovery resources by API group; a name starts with {@code cluster/} if it is cluster-scoped, and ends with
 *     {@code =} and the verbs that it supports; null if not known
 * @param finds severity and {@link LintFinding#toString()} without the code
 */
record LintCase(
        String name,
        String kubernetes,
        Map<String, List<String>> discovery,
        Set<String> namespaces,
        Set<Profile> profiles,
        JsonNode policy,
        JsonNode log,
        JsonNode webhook,
        Integer drainSeconds,
        List<String> finds) {

    LintCase {
        profiles = profiles == null ? Set.of() : profiles;
        finds = finds == null ? List.of() : finds;
    }

    List<String> findings(FindingCode code) throws JsonProcessingException {
        YAMLMapper yaml = new YAMLMapper();
        KubernetesVersion version = KubernetesVersion.parse(kubernetes == null ? "1.36" : kubernetes);
        LintContext context = new LintContext(version, version, cluster(), namespaces, profiles, Set.of());
        return Linter.lint(
                        Policies.policy(yaml.writeValueAsString(policy)),
                        log == null ? null : yaml.treeToValue(log, LogBackend.class),
                        webhook == null ? null : yaml.treeToValue(webhook, WebhookBackend.class),
                        drainSeconds,
                        context)
                .stream()
                .filter(finding -> finding.code() == code)
                .map(finding -> finding.severity() + " " + finding.toString().replaceFirst(" \\[[^\\[]*\\]$", ""))
                .toList();
    }

    private Discovery cluster() {
        return discovery == null
                ? null
                : Discovery.of(discovery.entrySet().stream()
                        .flatMap(group -> group.getValue().stream().map(text -> resource(group.getKey(), text)))
                        .toList());
    }

    private static KnownResource resource(String group, String text) {
        String[] parts = text.split("=");
        boolean namespaced = !parts[0].startsWith("cluster/");
        Set<String> verbs =
                parts.length < 2 ? Set.of() : Arrays.stream(parts[1].split(" ")).collect(Collectors.toSet());
        return new KnownResource(
                group, namespaced ? parts[0] : parts[0].substring("cluster/".length()), namespaced, verbs);
    }
}
