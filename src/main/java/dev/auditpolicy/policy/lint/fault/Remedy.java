package dev.auditpolicy.policy.lint.fault;

import java.util.List;

/** What to do about a value that matches nothing. How it is said depends on the other values of the rule. */
public sealed interface Remedy {

    /**
     * Other values instead of this one.
     *
     * @param why a clause to add; may be empty
     */
    record Replace(List<String> values, String why) implements Remedy {

        public Replace {
            values = List.copyOf(values);
        }
    }

    /** A guess: one other value instead of this one. */
    record Guess(String value) implements Remedy {}

    /**
     * None instead of this one. A list must not become empty by it: an empty one matches everything.
     *
     * @param unless a condition under which the value is right; may be empty
     */
    record Remove(String unless) implements Remedy {}

    /** The resource belongs to an entry with another API group. */
    record OtherGroup(String group, String resource) implements Remedy {}

    /** The name belongs to another field, {@code users} or {@code userGroups}. */
    record OtherField(String field, String value) implements Remedy {}

    /** Only an instruction, for what no value replaces. */
    record Advice(String text) implements Remedy {}

    /** One other value instead of this one. */
    static Remedy use(String value) {
        return new Replace(List.of(value), "");
    }
}
