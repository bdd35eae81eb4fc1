package dev.auditpolicy.policy.lint.value;

import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.lint.cluster.Discovery;
import dev.auditpolicy.policy.lint.fault.Remedy;
import dev.auditpolicy.policy.lint.fault.ValueCheck;
import dev.auditpolicy.policy.lint.fault.ValueFault;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.Phrases;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks API groups against the built-in ones. The name of a custom group contains a dot, as apiextensions' validation
 * requires, so a name without a dot is built-in or wrong.
 */
final class ApiGroupCheck implements ValueCheck {

    private static final Pattern VERSION = Pattern.compile("v\\d+((alpha|beta)\\d+)?");
    private static final Pattern WITH_VERSION = Pattern.compile("(.+)[./](v\\d+((alpha|beta)\\d+)?)");

    /** Groups of Kubernetes' subprojects, such as scheduling.x-k8s.io, differ from built-in ones in two letters. */
    private static final String SUBPROJECTS = ".x-k8s.io";

    /** From this length on, two edits leave a name recognizable. */
    private static final int LONG = 16;

    private static final Map<String, String> OBSOLETE = Map.of(
            "extensions", "it has served no resources since 1.22; they moved to apps, networking.k8s.io and policy",
            "settings.k8s.io", "it was removed in 1.20",
            "auditregistration.k8s.io", "it was removed in 1.19");

    private static final Map<String, String> CORRECTIONS = Map.ofEntries(
            Map.entry("core", ""),
            Map.entry("core.k8s.io", ""),
            Map.entry("legacy", ""),
            Map.entry("api", ""),
            Map.entry("app", "apps"),
            Map.entry("apps.k8s.io", "apps"),
            Map.entry("batch.k8s.io", "batch"),
            Map.entry("rbac.k8s.io", "rbac.authorization.k8s.io"),
            Map.entry("rbac.authorization", "rbac.authorization.k8s.io"),
            Map.entry("authorization.rbac.k8s.io", "rbac.authorization.k8s.io"),
            Map.entry("events", "events.k8s.io"),
            Map.entry("extensions.k8s.io", "networking.k8s.io"));

    private final Discovery builtIn;

    ApiGroupCheck(Discovery builtIn) {
        this.builtIn = builtIn;
    }

    @Override
    public Optional<ValueFault> check(String group) {
        if (group.equals("*") || builtIn.groups().contains(group)) {
            return Optional.empty();
        }
        if (OBSOLETE.containsKey(group)) {
            return Optional.of(new ValueFault(
                    FindingCode.OBSOLETE,
                    "the API group \"" + group + "\" is obsolete: " + OBSOLETE.get(group),
                    new Remedy.Remove("")));
        }
        Matcher withVersion = WITH_VERSION.matcher(group);
        if (withVersion.matches()) {
            return Optional.of(wrong(group, "groups are written without the version", withVersion.group(1)));
        }
        if (VERSION.matcher(group).matches()) {
            return Optional.of(wrong(group, "this is a version, and v1 is in the core group", ""));
        }
        if (CORRECTIONS.containsKey(group)) {
            return Optional.of(wrong(group, "", CORRECTIONS.get(group)));
        }
        return group.contains(".") ? misspelled(group) : Optional.of(unknownWithoutDot(group));
    }

    private Optional<ValueFault> misspelled(String group) {
        if (group.endsWith(SUBPROJECTS)) {
            return Optional.empty();
        }
        String inDomain = group.replaceFirst("\\.(kubernetes\\.io|k8s)$", ".k8s.io");
        return Nearest.within(group.length() < LONG ? 1 : 2, inDomain, builtIn.groups())
                .map(meant -> ValueFault.misspelled(
                        FindingCode.WRONG_API_GROUP,
                        "Kubernetes has no API group " + Phrases.quoted(group),
                        meant,
                        group.endsWith(".k8s.io")));
    }

    private ValueFault unknownWithoutDot(String group) {
        List<String> longer = builtIn.groups().stream()
                .filter(name -> name.startsWith(group + "."))
                .sorted()
                .toList();
        List<String> ofResource = builtIn.groupsWith(group);
        String reason = "the only groups without a dot are apps, autoscaling, batch, policy and \"\"";
        if (!longer.isEmpty()) {
            return wrong(group, reason, longer.getFirst());
        }
        return ofResource.isEmpty()
                ? new ValueFault(
                        FindingCode.WRONG_API_GROUP,
                        "there is no API group \"" + group + "\": " + reason,
                        Nearest.within(group.length() < LONG ? 1 : 2, group, builtIn.groups())
                                .filter(meant -> !meant.isEmpty())
                                .<Remedy>map(Remedy.Guess::new)
                                .orElseGet(() -> new Remedy.Advice(
                                        "use the group that \"kubectl api-resources\" shows, without the version")))
                : wrong(group, "this is a resource", ofResource.getFirst());
    }

    private static ValueFault wrong(String group, String reason, String meant) {
        return new ValueFault(
                FindingCode.WRONG_API_GROUP,
                "there is no API group " + Phrases.quoted(group) + (reason.isEmpty() ? "" : ": " + reason),
                new Remedy.Replace(List.of(meant), meant.isEmpty() ? "the core group" : ""));
    }
}
