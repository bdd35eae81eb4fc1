package dev.auditpolicy.e2e;

/**
 * A change of the AuditPolicy, different for each fault.
 *
 * @param logPath path of the audit log
 * @param verifyTimeoutSeconds time within which the new kube-apiserver must be verified
 * @param otherSettings whether a flag changes too, so that kubelet makes a new pod
 */
record Change(String logPath, int verifyTimeoutSeconds, boolean otherSettings) {

    /**
     * An empty file that cannot be written: kube-apiserver starts, opens its log, and exits. No pre-flight sees the attribute
     * "immutable", and it persists across a power cut.
     */
    static final String IMMUTABLE = "/var/log/kubernetes/blocked/audit.log";

    /** What kube-apiserver logs about it. */
    static final String NOT_PERMITTED = "operation not permitted";

    /** Shell command that makes {@link #IMMUTABLE}. */
    static final String MAKE_IMMUTABLE = "mkdir -p /var/log/kubernetes/blocked && { test -e " + IMMUTABLE + " || touch "
            + IMMUTABLE + "; } && chattr +i " + IMMUTABLE;

    /**
     * In a directory that exists while the agent checks the node, and that {@link #REPLACE_DIRECTORY} makes a file after the last
     * check: kubelet cannot mount it, and starts no container.
     */
    static final String BELOW_A_FILE = "/var/log/kubernetes/afile/audit.log";

    static final String MAKE_DIRECTORY = "rm -rf /var/log/kubernetes/afile && mkdir -p /var/log/kubernetes/afile";
    static final String REPLACE_DIRECTORY = "rmdir /var/log/kubernetes/afile && touch /var/log/kubernetes/afile";

    static Change good() {
        return new Change(AuditPolicies.LOG, 180, false);
    }

    static Change logTo(String path) {
        return new Change(path, 180, true);
    }

    Change within(int seconds) {
        return new Change(logPath, seconds, otherSettings);
    }

    Change withOtherSettings() {
        return new Change(logPath, verifyTimeoutSeconds, true);
    }

    /** The AuditPolicy, with a revision of its own for each marker. */
    String auditPolicy(String marker) {
        return AuditPolicies.secrets(marker)
                .replace(
                        AuditPolicies.LOG,
                        otherSettings
                                ? logPath + "\n    maxAgeDays: " + (1 + Math.floorMod(marker.hashCode(), 1000))
                                : logPath)
                .replace("drainSeconds: 3", "drainSeconds: 3, verifyTimeoutSeconds: " + verifyTimeoutSeconds);
    }
}
