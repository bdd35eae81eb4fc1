package dev.auditpolicy.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** AuditPolicies that tests apply. */
final class AuditPolicies {

    static final String LOG = "/var/log/kubernetes/audit/audit.log";

    private static final String LAST_RULE = "    - level: None";

    private AuditPolicies() {}

    /** Records Secrets and ConfigMaps, and deletions of Pods. */
    static String secrets() {
        return read("metadata-of-secrets.yaml");
    }

    /** As {@link #secrets}, with a revision of its own for each marker. */
    static String secrets(String marker) {
        return withRule(secrets(), "users: [\"%s\"]".formatted(marker));
    }

    /** As {@link #secrets(String)}, with another setting of the log. */
    static String secrets(String marker, String maxAgeDays) {
        return secrets(marker).replace(LOG, LOG + "\n    maxAgeDays: " + maxAgeDays);
    }

    /** Adds a rule that records the requests that {@code match} selects, before the last rule. */
    static String withRule(String auditPolicy, String match) {
        return auditPolicy.replace(LAST_RULE, "    - level: Metadata\n      " + match + "\n" + LAST_RULE);
    }

    /** With {@code takeover: Replace}. */
    static String replacingForeign(String auditPolicy) {
        return auditPolicy.replaceFirst("(?m)^spec:$", "spec:\n  takeover: Replace");
    }

    /** With {@code deletionPolicy: Restore}. */
    static String restoring(String auditPolicy) {
        return auditPolicy.replaceFirst("(?m)^spec:$", "spec:\n  deletionPolicy: Restore");
    }

    static String read(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/e2e", name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
