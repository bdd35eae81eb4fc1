package dev.auditpolicy.cli.flags;

import dev.auditpolicy.api.v1alpha1.LogVersion;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.SecretReference;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.policy.PolicyProblem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts kube-apiserver flags to {@code spec.webhook}, the reverse of {@code AuditFlags}. */
public final class WebhookFlags {

    /** The flag with the path of the kubeconfig, without which the others have no effect. */
    public static final String CONFIG_FILE = "audit-webhook-config-file";

    /** The flag with the mode. */
    public static final String MODE = "audit-webhook-mode";

    private static final String PREFIX = "audit-webhook-";
    private static final String VERSION = PREFIX + "version";

    /** Sets the same as its new name. */
    private static final String OLD_BACKOFF = PREFIX + "batch-initial-backoff";

    private final FlagReader flags;

    /**
     * The converted flags.
     *
     * @param problems flags with a value that the field cannot have
     */
    public record Reading(WebhookBackend webhook, List<PolicyProblem> problems) {
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    private WebhookFlags(Map<String, String> flags) {
        this.flags = new FlagReader("webhook", flags);
    }

    /** Whether kube-apiserver sends events to a webhook. */
    public static boolean isWebhook(Map<String, String> flags) {
        return !flags.getOrDefault(CONFIG_FILE, "").isEmpty();
    }

    /** Whether it is a flag of the webhook backend. */
    static boolean isKnown(String name) {
        return name.equals(VERSION)
                || name.equals(OLD_BACKOFF)
                || (name.startsWith(PREFIX) && AuditFlags.NAMES.contains(name));
    }

    /** Those of {@code flags} that are flags of the webhook backend. */
    public static List<String> namesIn(Map<String, String> flags) {
        return flags.keySet().stream().filter(WebhookFlags::isKnown).toList();
    }

    /**
     * Converts flags, by name without dashes. A flag that is not set leaves its field unset, because the defaults are the same.
     *
     * @param secret the name of the Secret that gets the kubeconfig
     */
    public static Reading of(Map<String, String> flags, String secret) {
        return new WebhookFlags(flags).read(secret);
    }

    private Reading read(String secret) {
        flags.text("config-file");
        // The only value of a supported kube-apiserver, and its default.
        flags.remaining().remove(VERSION, LogVersion.V1.flagValue());
        flags.remaining().computeIfPresent(VERSION, (name, value) -> {
            flags.report(new PolicyProblem(
                    "--" + name,
                    value,
                    "has no corresponding field in spec.webhook",
                    "remove the flag, or use --lenient to drop it"));
            return null;
        });
        Mode mode = flags.oneOf("mode", Mode.values(), Mode::flagValue);
        WebhookBackend webhook = new WebhookBackend(
                new SecretReference(secret),
                mode,
                (mode == null || mode == Mode.BATCH) ? null : Boolean.TRUE,
                backoff(),
                flags.batch(),
                flags.truncate(),
                null);
        return new Reading(webhook, flags.problems());
    }

    private @Nullable BigDecimal backoff() {
        String old = flags.remaining().get(OLD_BACKOFF);
        if (old != null && flags.remaining().containsKey(PREFIX + "initial-backoff")) {
            flags.report(new PolicyProblem(
                    "--" + OLD_BACKOFF,
                    old,
                    "sets the same as --audit-webhook-initial-backoff, which is also there",
                    "remove this one, or use --lenient to drop it"));
        }
        BigDecimal seconds = flags.seconds("initial-backoff");
        BigDecimal ofOldName = flags.seconds("batch-initial-backoff");
        return seconds == null ? ofOldName : seconds;
    }
}
