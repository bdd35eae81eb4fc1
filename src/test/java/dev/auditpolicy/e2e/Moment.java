package dev.auditpolicy.e2e;

/** A moment of a turn, as a shell on the node can detect it. Each lasts for seconds; a check takes 50 ms. */
enum Moment {

    /** The turn is in the journal; the guard is starting and no file has changed. */
    TURN_BEGUN("grep -qs '\"open\"' $journal"),

    /** The files before and after are in the journal: every check has passed, and the agent is about to write the files. */
    CHANGE_RECORDED("grep -qs '\"images\"' $journal"),

    /** The new files are written (in place only the policy), and kube-apiserver is about to be stopped. */
    FILES_WRITTEN("test \"$(sha256sum < $policy)\" != \"$policy_before\""
            + " && { grep -qs '\"InPlace\"' $journal || test \"$(sha256sum < $manifest)\" != \"$manifest_before\"; }"),

    /** The old kube-apiserver has stopped and the new one has not started. */
    API_DOWN("test \"$(sha256sum < $policy)\" != \"$policy_before\" && ! pgrep -x kube-apiserver > /dev/null"),

    /** The process of the new kube-apiserver runs. */
    BOOTING("server=$(pgrep -nx kube-apiserver) && test \"$server\" != \"$server_before\""),

    /** The rollback has begun. */
    ROLLING_BACK("grep -qs '\"rollbackReason\"' $journal"),

    /** The rollback has restored the manifest, and the turn has not ended. */
    MANIFEST_RESTORED("grep -qs '\"rollbackReason\"' $journal"
            + " && test \"$(sha256sum < $manifest)\" = \"$manifest_before\" && ! grep -qs '\"outcome\"' $journal"),

    /** The turn has ended and its outcome is not reported yet. */
    ENDED("grep -qs '\"outcome\"' $journal");

    private final String condition;

    Moment(String condition) {
        this.condition = condition;
    }

    /** A shell condition that is true at this moment, with the variables that {@link FaultSite} sets. */
    String condition() {
        return condition;
    }
}
