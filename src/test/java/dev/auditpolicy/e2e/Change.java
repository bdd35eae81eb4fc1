package dev.auditpolicy.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of the policy, different for each fault.
 *
 * @param logPath where the audit log is to be
 * @param verifyTimeoutSeconds how long a new kube-apiserver has
 * @param otherSettings whether a flag changes too, so that kubelet has to make another pod
 */
record Change(String logPath, int verifyTimeoutSeconds, boolean otherSettings) {

    /**
     * On each node an empty file that nobody may write to: kube-apiserver opens its log when it has started, and ends. The
     * attribute "immutable" is seen by no look at the file, so no pre-flight refuses it, and a power cut does not end it.
     */
    static final String IMMUTABLE = "/var/log/kubernetes/blocked/audit.log";

    /** What kube-apiserver says of it. */
    static final String NOT_PERMITTED = "operation not permitted";

    /** Makes {@link #IMMUTABLE}, for a shell on the node. */
    static final String MAKE_IMMUTABLE = "mkdir -p /var/log/kubernetes/blocked && { test -e " + IMMUTABLE + " || touch "
            + IMMUTABLE + "; } && chattr +i " + IMMUTABLE;

    /**
     * In a directory that is there when the node is checked; {@link #REPLACE_DIRECTORY} comes once the turn has begun:
     * kubelet cannot mount a file, and starts nothing.
     */
    static final String BELOW_A_FILE = "/var/log/kubernetes/afile/audit.log";

    static final String MAKE_DIRECTORY = "rm -rf /var/log/kubernetes/afile && mkdir -p /var/log/kubernetes/afile";
    static final String REPLACE_DIRECTORY = "rmdir /var/log/kubernetes/afile && touch /var/log/kubernetes/afile";

    private static final String LOG = "/var/log/kubernetes/audit/audit.log";
    private static final Path BASE = Path.of("src/test/resources/e2e/metadata-of-secrets.yaml");

    static Change good() {
        return new Change(LOG, 180, false);
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

    /** The AuditPolicy; two with different markers are different policies. */
    String auditPolicy(String marker) {
        var rule = "    - level: Metadata\n      users: [\"%s\"]\n".formatted(marker);
        return base().replace("    - level: None", rule + "    - level: None")
                .replace(
                        LOG,
                        otherSettings
                                ? logPath + "\n    maxAgeDays: " + (1 + Math.floorMod(marker.hashCode(), 1000))
                                : logPath)
                .replace("drainSeconds: 3", "drainSeconds: 3, verifyTimeoutSeconds: " + verifyTimeoutSeconds);
    }

    private static String base() {
        try {
            return Files.readString(BASE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
