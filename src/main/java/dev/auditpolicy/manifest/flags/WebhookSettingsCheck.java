package dev.auditpolicy.manifest.flags;

import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import java.util.ArrayList;
import java.util.List;

/** Repeats the validation of {@link WebhookBackend} for the agent, which does not trust its input. */
public final class WebhookSettingsCheck {

    private WebhookSettingsCheck() {}

    /** The problems of {@code webhook}; empty if it is valid. */
    public static List<ManifestProblem> check(WebhookBackend webhook) {
        var problems = new ArrayList<ManifestProblem>();
        var settings = new SettingsCheck("webhook", problems);
        if (webhook.blocks() && !Boolean.TRUE.equals(webhook.allowBlocking())) {
            settings.add(
                    "mode",
                    webhook.mode() == null ? "" : webhook.mode().flagValue(),
                    "makes every request wait for the webhook, and kube-apiserver cannot start while the webhook is down:"
                            + " remove webhook.mode, or accept that and set webhook.allowBlocking to true");
        }
        if (webhook.batch() != null && webhook.mode() != null && webhook.mode() != Mode.BATCH) {
            settings.add(
                    "batch", "", "has no effect unless webhook.mode is 'batch': remove webhook.mode or webhook.batch");
        }
        if (webhook.initialBackoffSeconds() != null
                && webhook.initialBackoffSeconds().signum() <= 0) {
            settings.add(
                    "initialBackoffSeconds",
                    webhook.initialBackoffSeconds().toPlainString(),
                    "must be larger than 0: kube-apiserver does not start with 0");
        }
        settings.duration("initialBackoffSeconds", webhook.initialBackoffSeconds());
        settings.batch(webhook.batch());
        settings.truncate(webhook.truncate());
        return List.copyOf(problems);
    }
}
