package dev.auditpolicy.e2e;

/** An instant of a turn, as a shell on the node can see it; each lasts for seconds, a look takes 50 ms. */
enum Moment {

    /** The turn is in the journal; the guard is being raised and no file has been changed. */
    TURN_BEGUN("grep -qs '\"open\"' $journal"),

    /** The files are the new ones, of which in place only the policy is, and kube-apiserver is about to be stopped. */
    FILES_WRITTEN("test \"$(sha256sum < $policy)\" != \"$policy_before\""
            + " && { grep -qs '\"InPlace\"' $journal || test \"$(sha256sum < $manifest)\" != \"$manifest_before\"; }"),

    /** The old kube-apiserver is gone and the new one has not been started. */
    API_DOWN("test \"$(sha256sum < $policy)\" != \"$policy_before\" && ! pgrep -x kube-apiserver > /dev/null"),

    /** The process of the new kube-apiserver is there. */
    BOOTING("server=$(pgrep -nx kube-apiserver) && test \"$server\" != \"$server_before\""),

    /** The change is being taken back. */
    UNDOING("grep -qs '\"rollbackReason\"' $journal"),

    /** The manifest is the old one again, and the turn has not ended. */
    MANIFEST_TAKEN_BACK("grep -qs '\"rollbackReason\"' $journal"
            + " && test \"$(sha256sum < $manifest)\" = \"$manifest_before\" && ! grep -qs '\"outcome\"' $journal"),

    /** Nothing is left but to report. */
    ENDED("grep -qs '\"outcome\"' $journal");

    private final String condition;

    Moment(String condition) {
        this.condition = condition;
    }

    /** Shell text that is true at this moment, given {@link FaultSite}'s variables. */
    String condition() {
        return condition;
    }
}
