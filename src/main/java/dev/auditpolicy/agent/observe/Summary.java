package dev.auditpolicy.agent.observe;

import dev.auditpolicy.api.v1alpha1.ObservedPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An audit configuration in a line, in which two different policies look different. */
final class Summary {

    private static final int SHOWN_HASH = 8;

    private Summary() {}

    static String of(
            Optional<ObservedPolicy> policy, Map<String, String> flags, Optional<String> logPath, boolean webhook) {
        var backends = new ArrayList<String>();
        logPath.map(path -> path.equals("-") ? "log to stdout" : "log " + path)
                .or(() -> flags.getOrDefault("audit-log-path", "").isEmpty()
                        ? Optional.empty()
                        : Optional.of("log in the container"))
                .ifPresent(backends::add);
        if (webhook) {
            backends.add("webhook");
        }
        if (policy.isEmpty()) {
            return backends.isEmpty() ? "off" : "nothing is recorded: no policy, " + join(backends);
        }
        var hash = Optional.ofNullable(policy.get().meaning())
                .or(() -> Optional.ofNullable(policy.get().sha256()))
                .map(text -> "policy " + text.substring(0, Math.min(SHOWN_HASH, text.length())))
                .orElse("policy unknown");
        return backends.isEmpty() ? "nothing is recorded: " + hash + ", no backend" : hash + ", " + join(backends);
    }

    private static String join(List<String> backends) {
        return String.join(", ", backends);
    }
}
