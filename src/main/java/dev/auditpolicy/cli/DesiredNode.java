package dev.auditpolicy.cli;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.manifest.flags.BackendsCheck;
import dev.auditpolicy.manifest.flags.DesiredAuditConfig;
import dev.auditpolicy.manifest.flags.LogSettingsCheck;
import dev.auditpolicy.manifest.flags.ManifestProblem;
import dev.auditpolicy.policy.write.PolicyWriter;
import dev.auditpolicy.policy.write.Revision;
import java.util.List;

/**
 * What the operator wants every control-plane node to run.
 *
 * @param policy the content of the policy file
 */
record DesiredNode(String policy, DesiredAuditConfig config) {

    /** As the operator compiles an AuditPolicy with these settings. */
    static DesiredNode of(PolicyFile file, LogBackend log) {
        LogBackend stored = log.withDefaults();
        return of(file.input().name(), PolicyWriter.write(file.policy()), stored, Revision.of(file.policy(), stored));
    }

    /** As the operator has compiled it; its release may be another than that of this command. */
    static DesiredNode of(String source, AuditNodeSpec compiled) {
        checkLength(source, compiled.policy());
        checkSettings(source, BackendsCheck.check(compiled));
        try {
            return new DesiredNode(compiled.policy(), DesiredAuditConfig.of(compiled));
        } catch (IllegalArgumentException unsafe) {
            throw new InvalidInputException(source + ": " + unsafe.getMessage());
        }
    }

    private static DesiredNode of(String source, String policy, LogBackend log, String revision) {
        checkLength(source, policy);
        checkSettings(source, LogSettingsCheck.check(log));
        try {
            return new DesiredNode(policy, DesiredAuditConfig.of(log, revision));
        } catch (IllegalArgumentException unsafe) {
            throw new InvalidInputException(source + ": " + unsafe.getMessage());
        }
    }

    private static void checkLength(String source, String policy) {
        if (policy.length() > AuditNodeSpec.MAX_POLICY_LENGTH) {
            throw new InvalidInputException(source + ": the policy file would have " + policy.length()
                    + " characters, and the maximum is " + AuditNodeSpec.MAX_POLICY_LENGTH
                    + ": combine rules that differ in only one field");
        }
    }

    private static void checkSettings(String source, List<ManifestProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(source + ": " + ManifestProblem.summary(problems));
        }
    }
}
