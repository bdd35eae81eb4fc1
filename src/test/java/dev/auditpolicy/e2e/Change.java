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

    /** On each node a directory: kube-apiserver opens its log when it has started, and ends. */
    static final String DIRECTORY = "/var/log/kubernetes/blocked/audit.log";

    /** Each node has a file of the name of the log's directory: kubelet cannot mount it, and starts nothing. */
    static final String BELOW_A_FILE = "/var/log/kubernetes/afile/audit.log";

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
