package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Permission bits of the log. Never executable, and never writable for others than the owner: kube-apiserver's umask would
 * remove that at the next rotation.
 */
public enum LogFileMode {
    /** kube-apiserver's own. */
    @JsonProperty("0600")
    OWNER(0600),
    /** The group may read it. */
    @JsonProperty("0640")
    GROUP(0640),
    /** Everyone on the node may read it. */
    @JsonProperty("0644")
    EVERYONE(0644);

    private final int bits;

    LogFileMode(int bits) {
        this.bits = bits;
    }

    public int bits() {
        return bits;
    }
}
