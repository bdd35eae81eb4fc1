package dev.auditpolicy.unit;

/**
 * One change that a plan makes to what a unit runs.
 *
 * @param subject a flag with its value, or a file
 */
public record UnitChange(Action action, String subject) {

    /** The kinds of changes. */
    public enum Action {
        ADDED,
        CHANGED,
        REMOVED
    }

    static UnitChange flag(Action action, String name, String value) {
        return new UnitChange(action, "flag --" + name + "=" + value);
    }

    /** One readable line. */
    public String describe() {
        return switch (action) {
                    case ADDED -> "added ";
                    case CHANGED -> "changed ";
                    case REMOVED -> "removed ";
                }
                + subject;
    }
}
