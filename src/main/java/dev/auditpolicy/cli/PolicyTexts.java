package dev.auditpolicy.cli;

import java.util.regex.Pattern;

/** Recognizes policies in a text before it is parsed, or although it cannot be. */
final class PolicyTexts {

    private static final Pattern API_GROUP = Pattern.compile("audit\\.k8s\\.io|auditpolicy\\.dev");

    /** In YAML or JSON, also within a line. */
    private static final Pattern KIND = Pattern.compile("\\bkind[\"']?\\s*:\\s*[\"']?(AuditPolicy|Policy)\\b");

    /** Not readable before it is decoded: the data of a Secret, and that of a ConfigMap that is not UTF-8. */
    private static final Pattern BASE64 = Pattern.compile("\\bkind[\"']?\\s*:\\s*[\"']?Secret|\\bbinaryData\\b");

    private static final Pattern AUDIT_POLICY = Pattern.compile("\\bkind[\"']?\\s*:\\s*[\"']?AuditPolicy\\b");
    private static final Pattern RULES = Pattern.compile("(?m)^([{\"'\\s]*)rules[\"']?\\s*:");
    private static final Pattern LEVEL = Pattern.compile("\\blevel[\"']?\\s*:");

    private PolicyTexts() {}

    /** Whether it is worthwhile to parse an object. */
    static boolean canContainAPolicy(String text) {
        return API_GROUP.matcher(text).find()
                || AUDIT_POLICY.matcher(text).find()
                || BASE64.matcher(text).find();
    }

    /** Whether a text without a type, or one that cannot be parsed, was meant as a policy. */
    static boolean isMeantAsPolicy(String text) {
        boolean hasRules = RULES.matcher(text).find() && LEVEL.matcher(text).find();
        return KIND.matcher(text).find() ? hasRules || API_GROUP.matcher(text).find() : hasRules;
    }
}
