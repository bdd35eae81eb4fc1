package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** kube-apiserver's webhook backend. Part of the API from the start; refused by this release's controller. */
@ValidationRule(
        value = "!has(self.batch) || !has(self.mode) || self.mode == 'batch'",
        messageExpression = "\"has no effect unless webhook.mode is 'batch' (the default), and it is '\" + self.mode"
                + " + \"': remove webhook.mode or webhook.batch\"",
        fieldPath = ".batch")
public record WebhookBackend(
        @Required
        @JsonPropertyDescription("The Secret with the kubeconfig of the webhook, in the operator's namespace, key"
                + " kubeconfig. Flag --audit-webhook-config-file.")
        SecretReference kubeconfigSecret,

        @JsonPropertyDescription("batch (kube-apiserver's default for the webhook), blocking or blocking-strict. Flag"
                + " --audit-webhook-mode.")
        Mode mode,

        @JsonPropertyDescription("Batching, with mode batch. Flags --audit-webhook-batch-*.")
        Batch batch,

        @JsonPropertyDescription("Shortening of large events. Flags --audit-webhook-truncate-*.")
        Truncate truncate) {}
