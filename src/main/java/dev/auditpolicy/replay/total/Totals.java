package dev.auditpolicy.replay.total;

/**
 * What is recorded now, and what would be.
 *
 * @param now in the log, or under the policy to compare with
 * @param then under the new policy
 */
public record Totals(Amount now, Amount then) {

    /** Nothing yet. */
    public Totals() {
        this(new Amount(), new Amount());
    }

    /** Adds other totals. */
    public void add(Totals other) {
        now.add(other.now);
        then.add(other.then);
    }
}
