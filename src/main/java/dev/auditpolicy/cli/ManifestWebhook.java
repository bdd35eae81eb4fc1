package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.cli.flags.WebhookFlags;
import dev.auditpolicy.cli.webhook.SecretText;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.schema.AuditPolicyCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Converts the webhook flags of a kube-apiserver to {@code spec.webhook}. */
final class ManifestWebhook {

    private final ManifestNotes notes;
    private final boolean lenient;
    private final Map<String, String> flags;

    ManifestWebhook(ManifestNotes notes, boolean lenient, Map<String, String> flags) {
        this.notes = notes;
        this.lenient = lenient;
        this.flags = new TreeMap<>(flags);
    }

    /**
     * The settings. Reports each flag that cannot be converted and, if lenient, drops it.
     *
     * @return empty if there are such flags and it is not lenient
     */
    Optional<WebhookBackend> read() {
        WebhookFlags.Reading reading = WebhookFlags.of(flags, SecretText.NAME);
        List<PolicyProblem> problems = new ArrayList<>(reading.problems());
        problems.addAll(beyondLimits(reading.webhook()));
        problems.forEach(problem -> notes.report(lenient ? "warning" : "error", problem));
        if (problems.isEmpty()) {
            warnOfBlocking(reading.webhook());
            return Optional.of(reading.webhook());
        }
        if (!lenient) {
            return Optional.empty();
        }
        problems.forEach(problem -> flags.remove(problem.path().substring(2)));
        return read();
    }

    private void warnOfBlocking(WebhookBackend webhook) {
        if (webhook.blocks()) {
            notes.report(
                    "warning",
                    new PolicyProblem(
                            "--" + WebhookFlags.MODE,
                            "",
                            "while the receiver is down, each audited request waits for up to 60 s, and a kube-apiserver that"
                                    + " starts meanwhile ends; allowBlocking: true accepts that",
                            "remove mode and allowBlocking from spec.webhook, and events are sent in batches"));
        }
    }

    private List<PolicyProblem> beyondLimits(WebhookBackend webhook) {
        return FlagProblems.of(
                AuditPolicyCheck.checkWebhook(AuditPolicyWriter.tree(webhook)),
                flags,
                (_, remedy) -> FlagProblems.orDrop(remedy));
    }
}
