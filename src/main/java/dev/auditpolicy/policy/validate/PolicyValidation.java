package dev.auditpolicy.policy.validate;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.Quoted;
import dev.auditpolicy.policy.decode.DecodedPolicy;
import dev.auditpolicy.policy.decode.DecodedResources;
import dev.auditpolicy.policy.decode.DecodedRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules of upstream's {@code pkg/apis/audit/validation}, in its order and with its messages, which depend on the
 * version. Values that upstream accepts (an unknown verb, a wildcard that matches nothing) are valid here too.
 */
public final class PolicyValidation {

    private static final String NO_RULES = "loaded illegal policy with 0 rules";

    private static final String SUBDOMAIN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);

    private static final int SUBDOMAIN_MAX_LENGTH = 253;

    private final KubernetesVersion version;
    private final List<Violation> violations = new ArrayList<>();

    private PolicyValidation(KubernetesVersion version) {
        this.version = version;
    }

    /** The values that a kube-apiserver of this version rejects, in the order of its messages. */
    static List<Violation> violations(DecodedPolicy policy, FieldPath path, KubernetesVersion version) {
        var validation = new PolicyValidation(version);
        validation.stages(policy.omitStages(), path.field("omitStages"));
        for (int i = 0; i < policy.rules().size(); i++) {
            validation.rule(policy.rules().get(i), path.field("rules").index(i));
        }
        if (policy.rules().isEmpty()) {
            validation.noRules(path.field("rules"));
        }
        return List.copyOf(validation.violations);
    }

    /** Upstream checks this in the loader, after validation succeeds. */
    private void noRules(FieldPath path) {
        violations.add(Violation.byLoader(
                path,
                NO_RULES,
                "add at least one rule, such as level: Metadata; to record nothing, add a rule with level: None"));
    }

    private void rule(DecodedRule rule, FieldPath path) {
        level(rule.level(), path.field("level"));
        nonResourceURLs(rule.nonResourceURLs(), path.field("nonResourceURLs"));
        for (int i = 0; i < rule.resources().size(); i++) {
            resources(rule.resources().get(i), path.field("resources"), i);
        }
        stages(rule.omitStages(), path.field("omitStages"));
        if (!rule.nonResourceURLs().isEmpty()
                && !(rule.resources().isEmpty() && rule.namespaces().isEmpty())) {
            invalid(
                    path.field("nonResourceURLs"),
                    rule.nonResourceURLs(),
                    "rules cannot apply to both regular resources and non-resource URLs",
                    "move nonResourceURLs to a rule of its own, without resources and namespaces");
        }
    }

    private void level(String level, FieldPath path) {
        if (level.isEmpty()) {
            violations.add(new Violation(
                    path, path.text(), "", "Required value", "set it to one of " + String.join(", ", Names.LEVELS)));
        } else if (!Names.LEVELS.contains(level)) {
            // A typed string: printed as JSON since 1.34, as Go syntax before.
            String shown = listsAreJson() ? Quoted.goJson(level) : Quoted.go(level);
            violations.add(new Violation(
                    path,
                    path.text(),
                    Quoted.go(level),
                    "Unsupported value: " + shown + ": supported values: \"" + String.join("\", \"", Names.LEVELS)
                            + "\"",
                    remedy(level, Names.LEVELS)));
        }
    }

    private void stages(List<String> stages, FieldPath path) {
        for (int i = 0; i < stages.size(); i++) {
            if (!Names.STAGES.contains(stages.get(i))) {
                invalid(
                        path.index(i),
                        stages.get(i),
                        "allowed stages are " + String.join(",", Names.STAGES),
                        stageRemedy(stages.get(i)));
            }
        }
    }

    private void nonResourceURLs(List<String> urls, FieldPath path) {
        for (int i = 0; i < urls.size(); i++) {
            String url = urls.get(i);
            if (url.equals("*")) {
                continue;
            }
            if (!url.startsWith("/")) {
                invalid(
                        path.index(i),
                        url,
                        "non-resource URL rules must begin with a '/' character",
                        "write a path such as \"/healthz\", or \"*\" for every non-resource URL");
            }
            if (!url.isEmpty() && url.substring(0, url.length() - 1).contains("*")) {
                invalid(
                        path.index(i),
                        url,
                        "non-resource URL wildcards '*' must be the final character of the rule",
                        "end the path at its first '*', or list the paths one by one");
            }
        }
    }

    private void resources(DecodedResources resources, FieldPath path, int index) {
        group(resources.group(), path.index(index).field("group"), path.field("group"));
        if (!resources.resourceNames().isEmpty() && resources.resources().isEmpty()) {
            violations.add(new Violation(
                    path.index(index).field("resourceNames"),
                    path.field("resourceNames").text(),
                    Quoted.goJson(resources.resourceNames()),
                    "Invalid value: " + list(resources.resourceNames())
                            + ": using resourceNames requires at least one resource",
                    "add the resources that these names belong to, or \"*\""));
        }
    }

    private void group(String group, FieldPath path, FieldPath upstreamPath) {
        if (group.isEmpty() || (group.equals("*") && version.isAtLeast(1, 36))) {
            return;
        }
        var faults = new ArrayList<String>();
        if (group.length() > SUBDOMAIN_MAX_LENGTH) {
            faults.add("must be no more than " + SUBDOMAIN_MAX_LENGTH + " characters");
        }
        if (!SUBDOMAIN_PATTERN.matcher(group).matches()) {
            faults.add("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                    + " and must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                    + " validation is '" + SUBDOMAIN + "')");
        }
        if (!faults.isEmpty()) {
            violations.add(new Violation(
                    path,
                    upstreamPath.text(),
                    Quoted.go(group),
                    "Invalid value: " + Quoted.go(group) + ": " + String.join(",", faults),
                    groupRemedy(group)));
        }
    }

    private void invalid(FieldPath path, String value, String detail, String remedy) {
        violations.add(new Violation(
                path, path.text(), Quoted.go(value), "Invalid value: " + Quoted.go(value) + ": " + detail, remedy));
    }

    private void invalid(FieldPath path, List<String> value, String detail, String remedy) {
        violations.add(new Violation(
                path, path.text(), Quoted.goJson(value), "Invalid value: " + list(value) + ": " + detail, remedy));
    }

    private String list(List<String> values) {
        return listsAreJson() ? Quoted.goJson(values) : Quoted.goSlice(values);
    }

    private boolean listsAreJson() {
        return version.isAtLeast(1, 34);
    }

    private String groupRemedy(String group) {
        if (group.equals("*")) {
            return "\"*\" requires Kubernetes 1.36 on every kube-apiserver, and the oldest runs " + version
                    + ": list the API groups one by one";
        }
        int slash = group.indexOf('/');
        String name = (slash < 0 ? group : group.substring(0, slash)).toLowerCase(Locale.ROOT);
        return SUBDOMAIN_PATTERN.matcher(name).matches()
                ? "write \"" + name + "\": an API group is lower-case and has no version"
                : "write an API group such as \"apps\", or \"\" for the core group";
    }

    /** Tutorials from the alpha phase name two stages that never existed. */
    private static String stageRemedy(String stage) {
        return switch (stage.toLowerCase(Locale.ROOT)) {
            case "requeststarted" -> "write \"RequestReceived\" or \"ResponseStarted\": there is no RequestStarted";
            case "requestcomplete" -> "write \"ResponseComplete\": there is no RequestComplete";
            default -> remedy(stage, Names.STAGES);
        };
    }

    private static String remedy(String value, List<String> allowed) {
        Optional<String> nearest = Nearest.to(value, allowed);
        if (nearest.isPresent() && nearest.get().equalsIgnoreCase(value)) {
            return "write \"" + nearest.get() + "\": the value is case-sensitive";
        }
        return nearest.map(name -> "write \"" + name + "\"").orElse("write one of " + String.join(", ", allowed));
    }
}
