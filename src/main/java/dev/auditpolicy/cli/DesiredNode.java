package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.manifest.flags.BackendsCheck;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.write.PolicyWriter;
import dev.auditpolicy.policy.write.Revision;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator wants every control-plane node to run.
 *
 * @param policy the content of the policy file
 * @param webhookFiles the files in the directory of the webhook, by name
 */
record DesiredNode(String policy, DesiredAuditConfig config, Map<String, byte[]> webhookFiles) {

    DesiredNode {
        webhookFiles = Map.copyOf(webhookFiles);
    }

    /** As the operator compiles an AuditPolicy with these settings. */
    static DesiredNode of(PolicyFile file, Optional<NodeWebhook> webhook, Map<String, byte[]> webhookFiles) {
        LogBackend log = file.backends().log();
        LogBackend stored = log == null ? null : log.withDefaults();
        return of(
                file.input().name(),
                PolicyWriter.write(file.policy()),
                stored,
                webhook.orElse(null),
                Revision.of(file.policy(), stored, webhook.orElse(null)),
                webhookFiles);
    }

    /** As the operator has compiled it; its release may be another than that of this command. */
    static DesiredNode of(String source, AuditNodeSpec compiled, Map<String, byte[]> webhookFiles) {
        return of(source, compiled.policy(), compiled.log(), compiled.webhook(), compiled.revision(), webhookFiles);
    }

    private static DesiredNode of(
            String source,
            String policy,
            @Nullable LogBackend log,
            @Nullable NodeWebhook webhook,
            String revision,
            Map<String, byte[]> webhookFiles) {
        if (policy.length() > AuditNodeSpec.MAX_POLICY_LENGTH) {
            throw new InvalidInputException(source + ": the policy file would have " + policy.length()
                    + " characters, and the maximum is " + AuditNodeSpec.MAX_POLICY_LENGTH
                    + ": combine rules that differ in only one field");
        }
        var problems = BackendsCheck.check(log, webhook == null ? null : webhook.settings());
        if (!problems.isEmpty()) {
            throw new InvalidInputException(source + ": " + ManifestProblem.summary(problems));
        }
        try {
            return new DesiredNode(policy, DesiredAuditConfig.of(log, webhook, revision), webhookFiles);
        } catch (IllegalArgumentException unsafe) {
            throw new InvalidInputException(source + ": " + unsafe.getMessage());
        }
    }
}
