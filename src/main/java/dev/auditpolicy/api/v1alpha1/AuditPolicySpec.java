package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What the user wants every kube-apiserver to record, and where to.
 *
 * @param policy kept as it arrived, so that a field or value the schema should have refused is still seen, and named,
 *     by the controller; its schema is {@link Policy}
 */
@ValidationRule(
        value = "has(self.log) || has(self.webhook)",
        message = "has neither log nor webhook, and without a backend kube-apiserver records nothing: set log.path")
public record AuditPolicySpec(
        @Required
        @SchemaFrom(type = Policy.class)
        @JsonPropertyDescription("The fields of an audit.k8s.io/v1 Policy, one for one. The first rule that matches"
                + " a request decides how much of it is recorded.")
        JsonNode policy,

        @JsonPropertyDescription(
                "Write audit events to a file on every control-plane node (kube-apiserver's" + " --audit-log-* flags).")
        LogBackend log,

        @JsonPropertyDescription("Send audit events to a webhook (kube-apiserver's --audit-webhook-* flags). Not"
                + " supported by this release: the controller refuses it.")
        WebhookBackend webhook,

        @Default("{}") @JsonPropertyDescription("How a change is rolled out, one control-plane node at a time.")
        Rollout rollout) {

    public AuditPolicySpec {
        rollout = rollout == null ? new Rollout(null, null, null, null) : rollout;
    }
}
