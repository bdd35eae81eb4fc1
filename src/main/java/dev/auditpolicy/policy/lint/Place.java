package dev.auditpolicy.policy.lint;

/** Names places in a policy. */
final class Place {

    private Place() {}

    /** A rule, as in messages: {@code rules[3]}. */
    static String rule(int rule) {
        return "rules[" + rule + "]";
    }

    static String field(int rule, String field) {
        return rule(rule) + "." + field;
    }

    static String value(int rule, String field, int index) {
        return field(rule, field) + "[" + index + "]";
    }

    static String entry(int rule, int entry) {
        return value(rule, "resources", entry);
    }

    static String inEntry(int rule, int entry, String field) {
        return entry(rule, entry) + "." + field;
    }

    static String inEntry(int rule, int entry, String field, int index) {
        return inEntry(rule, entry, field) + "[" + index + "]";
    }
}
