package dev.auditpolicy.report.item;

/** What is proven about an item, from best to worst: that of several nodes is the worst of them. */
public enum Outcome {
    /** It is proven to be met. */
    PASS("pass"),
    /** The resources cannot show it: the evidence is elsewhere. */
    CANNOT_BE_CHECKED("cannot be checked"),
    /** It may be met, and the proof is missing. */
    NOT_PROVEN("not proven"),
    /** It is not met. */
    FAIL("fail");

    private final String words;

    Outcome(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
