package dev.auditpolicy.policy.lint.finding;

/** Paths of rules and of the fields in them. */
public final class RulePaths {

    private RulePaths() {}

    /** Such as {@code rules[3]}. */
    public static String rule(int rule) {
        return "rules[" + rule + "]";
    }

    public static String field(int rule, String field) {
        return rule(rule) + "." + field;
    }

    public static String value(int rule, String field, int index) {
        return field(rule, field) + "[" + index + "]";
    }

    public static String entry(int rule, int entry) {
        return value(rule, "resources", entry);
    }

    public static String inEntry(int rule, int entry, String field) {
        return entry(rule, entry) + "." + field;
    }

    public static String inEntry(int rule, int entry, String field, int index) {
        return inEntry(rule, entry, field) + "[" + index + "]";
    }
}
