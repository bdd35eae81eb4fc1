package dev.auditpolicy.deploy;

import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Objects that the API server admits. */
public final class Samples {

    private Samples() {}

    public static AuditPolicy auditPolicy() {
        return Serialization.unmarshal("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditPolicy
                metadata: {name: cluster}
                spec:
                  policy: {rules: [{level: Metadata}]}
                  log: {path: /var/log/kubernetes/audit/audit.log}
                """, AuditPolicy.class);
    }

    static AuditPolicy auditPolicyWithStatus(String revision) {
        var auditPolicy = auditPolicy();
        auditPolicy.setStatus(
                Serialization.unmarshal("{\"revision\":\"%s\"}".formatted(revision), AuditPolicyStatus.class));
        return auditPolicy;
    }

    public static AuditNode auditNode(String name, String revision, String policy) {
        return Serialization.unmarshal("""
                apiVersion: auditpolicy.dev/v1alpha1
                kind: AuditNode
                metadata: {name: %s}
                spec:
                  revision: %s
                  policyGeneration: 1
                  policy: %s
                  log: {path: /var/log/kubernetes/audit/audit.log}
                  drainSeconds: 10
                  verifyTimeoutSeconds: 180
                """.formatted(name, revision, policy), AuditNode.class);
    }

    public static AuditNode auditNode(String name) {
        return auditNode(name, "one", "policy");
    }

    static AuditNode auditNodeWithStatus(String name, String message) {
        var auditNode = auditNode(name);
        auditNode.setStatus(Serialization.unmarshal("{\"message\":\"%s\"}".formatted(message), AuditNodeStatus.class));
        return auditNode;
    }
}
