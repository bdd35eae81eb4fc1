package dev.auditpolicy.report.proof;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.ObservedPolicy;
import dev.auditpolicy.api.v1alpha1.Proof;
import dev.auditpolicy.policy.read.PolicyFileReading;
import dev.auditpolicy.policy.read.PolicyTextReader;
import dev.auditpolicy.policy.write.Revision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds in an AuditNode what a proof names only by hashes: the text of the policy, and the settings of the backends. */
record PolicyLookup(AuditNodeObject node, Proof proof) {

    /** The text whose hash was proven; empty if the AuditNode does not have it. */
    Optional<String> text() {
        var observed = node.status().map(AuditNodeStatus::observed).map(Observed::policy);
        return Stream.concat(
                        node.spec().map(AuditNodeSpec::policy).stream(), observed.map(ObservedPolicy::text).stream())
                .filter(text -> sha256(text).equals(proof.policySHA256()))
                .findFirst();
    }

    /** Empty if a kube-apiserver would not load it. */
    Optional<ProvenPolicy> policy(String text) {
        var reading = new PolicyTextReader(node.version()).read(text.getBytes(StandardCharsets.UTF_8));
        return reading instanceof PolicyFileReading.Loaded loaded
                ? Optional.of(new ProvenPolicy(proof.policySHA256(), text, loaded.policy()))
                : Optional.empty();
    }

    BackendSettings settings(ProvenPolicy policy) {
        if (node.spec().isEmpty()) {
            return new BackendSettings.Unknown("the AuditNode has no spec, so its log settings are not known");
        }
        var spec = node.spec().get();
        if (!spec.revision().equals(proof.revision())) {
            return new BackendSettings.Unknown("the spec has the log settings of revision " + spec.revision()
                    + ", and kube-apiserver runs " + proof.revision());
        }
        if (!Revision.of(policy.policy(), spec.log(), spec.webhook()).equals(proof.revision())) {
            return new BackendSettings.Unknown("the policy and the log settings of the spec do not have the hash "
                    + proof.revision() + " of the proven revision");
        }
        return new BackendSettings.Known(
                Optional.ofNullable(spec.log()).map(log -> log.withDefaults()),
                Optional.ofNullable(spec.webhook()).map(NodeWebhook::settings));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
