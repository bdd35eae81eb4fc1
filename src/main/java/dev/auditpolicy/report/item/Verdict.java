package dev.auditpolicy.report.item;

/**
 * The outcome of an item on one node.
 *
 * @param reason a sentence without its full stop
 */
public record Verdict(Outcome outcome, String reason) {

    static Verdict pass(String reason) {
        return new Verdict(Outcome.PASS, reason);
    }

    static Verdict fail(String reason) {
        return new Verdict(Outcome.FAIL, reason);
    }

    static Verdict notProven(String reason) {
        return new Verdict(Outcome.NOT_PROVEN, reason);
    }

    static Verdict elsewhere(String reason) {
        return new Verdict(Outcome.CANNOT_BE_CHECKED, reason);
    }
}
